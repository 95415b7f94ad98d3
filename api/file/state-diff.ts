import { type Document, type Entry, entriesOf, type Part } from "#api/rows/document.ts";
import type { RowStep } from "#api/writes/transaction.ts";

/** What one state holds where another differs from it. Its size is that of the difference, not of the file. */
export interface StateDiff {
  /** `undefined` where it has no such row. */
  readonly rows: readonly {
    readonly resource: string;
    readonly id: string;
    readonly entry: Entry | undefined;
  }[];
  /** Whole parts, where one of the states has no collection of that name. */
  readonly parts: readonly { readonly name: string; readonly part: Part | undefined }[];
}

/** What `before` holds where `changes` led to `after`. */
export function undoOf(
  before: Document,
  after: Document,
  changes: readonly { resource: string; id: string }[],
): StateDiff {
  const rows = changes
    .filter(({ resource }) => areCollections(before.get(resource), after.get(resource)))
    .map(({ resource, id }) => ({ resource, id, entry: entriesOf(before, resource).get(id) }));
  return { rows, parts: partsOf(before, after) };
}

/** What a document held before these steps. Backwards: a row that is in two of them had its first contents before. */
export function undoOfSteps(steps: readonly RowStep[]): StateDiff {
  const rows = steps.map(({ resource, id, before }) => ({ resource, id, entry: before })).reverse();
  return { rows, parts: [] };
}

/** What `state` holds where `other` differs. Costs a comparison by identity per row. */
export function diffOf(state: Document, other: Document): StateDiff {
  const rows: StateDiff["rows"][number][] = [];
  for (const [resource, part] of state) {
    if (part === other.get(resource)) continue;
    if (part.kind !== "collection" || other.get(resource)?.kind !== "collection") continue;
    const theirs = entriesOf(other, resource);
    for (const [id, entry] of part.entries) {
      if (theirs.get(id)?.row !== entry.row) rows.push({ resource, id, entry });
    }
    for (const id of theirs.keys()) {
      if (!part.entries.has(id)) rows.push({ resource, id, entry: undefined });
    }
  }
  return { rows, parts: partsOf(state, other) };
}

function partsOf(state: Document, other: Document): StateDiff["parts"] {
  return [...new Set([...state.keys(), ...other.keys()])]
    .filter((name) => state.get(name) !== other.get(name))
    .filter((name) => !areCollections(state.get(name), other.get(name)))
    .map((name) => ({ name, part: state.get(name) }));
}

function areCollections(a: Part | undefined, b: Part | undefined): boolean {
  return a?.kind === "collection" && b?.kind === "collection";
}

/** The state that `differs` from `from`. Rows that it adds come last. */
export function applyDiffs(from: Document, diffs: readonly StateDiff[]): Document {
  const parts = new Map(from);
  const owned = new Map<string, Map<string, Entry>>();
  for (const { rows, parts: others } of diffs) {
    for (const { name, part } of others) {
      owned.delete(name);
      if (part) parts.set(name, part);
      else parts.delete(name);
    }
    for (const { resource, id, entry } of rows) {
      const part = parts.get(resource);
      if (part?.kind !== "collection") continue;
      let entries = owned.get(resource);
      if (!entries) {
        entries = new Map(part.entries);
        owned.set(resource, entries);
        parts.set(resource, { ...part, entries });
      }
      if (entry) entries.set(id, entry);
      else entries.delete(id);
    }
  }
  return parts;
}
