import { isDeepStrictEqual } from "node:util";
import { type Document, entriesOf, type Part, type Row } from "#api/rows/document.ts";
import type { RowStep } from "#api/writes/transaction.ts";

/** What became of a row since the file was written. */
export interface PendingRow {
  /** `null` when it was removed. */
  readonly row: Row | null;
  /** It stands after all rows that the file has: it is new, or was removed in between. */
  readonly isAdded: boolean;
}

/** What the data file lacks of what is in memory. Its size is that of the changes. */
export interface Pending {
  /** By resource and id, in the order in which rows were added. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, PendingRow>>;
  /** The names of what is to be written as a whole, or removed. Their rows are not listed. */
  readonly parts: ReadonlySet<string>;
}

export interface PendingChanges {
  /** Adds what a commit did. */
  add(steps: readonly RowStep[]): void;
  /** Adds what leads from one document to another. */
  addDifference(from: Document, to: Document): void;
  isEmpty(): boolean;
  /** All of it; afterwards it is empty. */
  take(): Pending;
  /** Takes back what was taken, before what was added since. */
  giveBack(taken: Pending): void;
  clear(): void;
}

export function createPendingChanges(): PendingChanges {
  let rows = new Map<string, Map<string, PendingRow>>();
  let parts = new Set<string>();

  function set(resource: string, id: string, row: Row | null, isNew: boolean): void {
    if (parts.has(resource)) return;
    const changes = rows.get(resource) ?? new Map<string, PendingRow>();
    rows.set(resource, changes);
    const known = changes.get(id);
    // The order of additions counts: one that was removed in between comes last.
    if (isNew) changes.delete(id);
    changes.set(id, { row, isAdded: row !== null && (isNew || known?.isAdded === true) });
  }

  function setPart(name: string): void {
    rows.delete(name);
    parts.add(name);
  }

  return {
    add(steps) {
      for (const { resource, id, before, after } of steps) {
        set(resource, id, after?.row ?? null, before === undefined);
      }
    },
    addDifference(from, to) {
      for (const name of from.keys()) if (!to.has(name)) setPart(name);
      for (const [name, part] of to) {
        if (part === from.get(name)) continue;
        if (!isSameFrame(from.get(name), part) || !isInOrder(from, to, name)) {
          setPart(name);
          continue;
        }
        const [before, after] = [entriesOf(from, name), entriesOf(to, name)];
        for (const id of before.keys()) if (!after.has(id)) set(name, id, null, false);
        for (const [id, { row }] of after) {
          const old = before.get(id);
          if (old?.row !== row) set(name, id, row, old === undefined);
        }
      }
    },
    isEmpty: () => rows.size === 0 && parts.size === 0,
    take() {
      const taken = { rows, parts };
      rows = new Map();
      parts = new Set();
      return taken;
    },
    giveBack(taken) {
      const since = { rows, parts };
      rows = new Map(Array.from(taken.rows, ([name, changes]) => [name, new Map(changes)]));
      parts = new Set(taken.parts);
      for (const name of since.parts) setPart(name);
      for (const [name, changes] of since.rows) {
        for (const [id, { row, isAdded }] of changes) set(name, id, row, isAdded);
      }
    },
    clear() {
      rows = new Map();
      parts = new Set();
    },
  };
}

/** Whether no more than rows differ. */
function isSameFrame(a: Part | undefined, b: Part): boolean {
  if (a?.kind === "collection" && b.kind === "collection") {
    return isDeepStrictEqual(a.leftOut, b.leftOut);
  }
  if (a?.kind === "singular" && b.kind === "singular") {
    return isDeepStrictEqual(a.entry.row, b.entry.row);
  }
  return a?.kind === "other" && b.kind === "other" && isDeepStrictEqual(a.value, b.value);
}

/** Whether the rows that both have come first, in the same order. */
function isInOrder(from: Document, to: Document, name: string): boolean {
  const after = entriesOf(to, name).keys();
  for (const id of entriesOf(from, name).keys()) {
    if (entriesOf(to, name).has(id) && after.next().value !== id) return false;
  }
  for (const id of after) if (entriesOf(from, name).has(id)) return false;
  return true;
}
