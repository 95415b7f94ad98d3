import { isDeepStrictEqual } from "node:util";
import { countActivities, createCountsOver, type DerivedCounts } from "#api/rows/derived-counts.ts";
import { type Document, type Entry, entriesOf, type Row } from "#api/rows/document.ts";
import { movesOverview, overviewResources } from "#api/rows/overview.ts";
import { isId } from "#api/rows/row-id.ts";
import { toServedRow } from "#api/rows/served-rows.ts";
import { overviewRow } from "#contract/overview.ts";
import type { Change } from "#sync/http";
import { maxTravellingRow } from "#sync/server";

/** One write to one row: the row as it shall be, or `null` to remove it. What the log keeps on disk. */
export interface Put {
  readonly resource: string;
  readonly id: string;
  readonly row: Row | null;
  readonly origin?: string | undefined;
  /** The user who writes it. */
  readonly author?: string | undefined;
}

/** What one step of a transaction did to a row: its entry before and after it, `undefined` where there is none. */
export interface RowStep {
  readonly resource: string;
  readonly id: string;
  readonly before: Entry | undefined;
  readonly after: Entry | undefined;
  readonly author?: string | undefined;
}

/**
 * The next state, while it is being made: writes run on it one after the other, each seeing those
 * before it. It is laid over the document it began with, which stays as it was: a failed commit is just dropped,
 * and a commit costs what it changes.
 */
export interface Transaction {
  entry(resource: string, id: string): Entry | undefined;
  served(resource: string, id: string): Row | undefined;
  /**
   * Writing what is there already changes nothing and makes no revision. Returns the changes that it made,
   * two where the row moves to another parent, or else the latest of the row; without their rows.
   */
  put(put: Put): readonly Change[];
  /** Logs an update of a row that reads the same: it stands elsewhere in the file now. */
  touch(resource: string, id: string): void;
  /** The rows of a collection as they are now, in no particular order. Costs all of them. */
  rows(resource: string): Iterable<Row>;
  /** Logs a change of an object that is no collection, under the name of the resource. Only hand edits do. */
  putSingular(resource: string, row: Row | null): void;
  /** The whole of it, apart from the document it began with. Costs all rows of the collections that were changed. */
  document(): Document;
  /** The revision of the state as it is now. */
  rev(): number;
  /** The revision of the last change that moved the overview. */
  overviewMovedAt(): number;
  readonly changes: readonly Change[];
  readonly puts: readonly Put[];
  /** What it did to rows of collections, in order. */
  readonly steps: readonly RowStep[];
}

export function createTransaction(
  document: Document,
  startRev: number,
  known: {
    /** Those of `document`, which are counted otherwise. */
    counts?: DerivedCounts;
    /** The revision at which the overview last moved; by default that of `document`, which costs readers a read. */
    overviewMovedAt?: number;
    /** The change that made a revision before, if it is still known. */
    logged?: (rev: number) => Change | undefined;
    /** The row as it will be read again, where the storage has a form of its own. May throw a `Refusal`. */
    toStoredForm?: (resource: string, row: Row) => Row;
  } = {},
): Transaction {
  const parts = new Map(document);
  /** The rows that were changed; `undefined` for one that was removed. */
  const over = new Map<string, Map<string, Entry | undefined>>();
  const steps: RowStep[] = [];
  const changes: Change[] = [];
  const puts: Put[] = [];
  let rev = startRev;
  let overviewMovedAt = known.overviewMovedAt ?? startRev;
  const counts = createCountsOver(known.counts ?? countActivities(document));

  function find(resource: string, id: string): Entry | undefined {
    const changed = over.get(resource);
    return changed?.has(id) ? changed.get(id) : entriesOf(parts, resource).get(id);
  }

  function move({ resource, id, author }: Omit<Put, "row">, after: Entry | undefined): void {
    steps.push({ resource, id, before: find(resource, id), after, author });
    const changed = over.get(resource) ?? new Map<string, Entry | undefined>();
    over.set(resource, changed.set(id, after));
  }

  function log(op: Change["op"], put: Put, parentsOf: Row, moves = false): number {
    rev += 1;
    if (moves) overviewMovedAt = rev;
    changes.push({ ...changeOf(op, put, parentsOf, rev), ...derivedFrom(put, parentsOf) });
    return rev;
  }

  /** The counts of the account that an activity belongs to, as they are now, and when the overview last moved. */
  function derivedFrom({ resource }: Put, { accountId }: Row): Pick<Change, "derived"> {
    if (!overviewResources.some((each) => each === resource)) return {};
    const id = String(accountId);
    const hasCounts = resource === "activities" && find("accounts", id);
    return {
      derived: {
        ...(hasCounts && { [`accounts/${id}`]: { ...counts.of(id) } }),
        [overviewRow]: { movedAt: overviewMovedAt },
      },
    };
  }

  function put(asked: Put): readonly Change[] {
    const { resource, id } = asked;
    const row = asked.row && (known.toStoredForm?.(resource, asked.row) ?? asked.row);
    const next = { ...asked, row };
    const before = find(resource, id);
    if (row === null && !before) return [];
    // A retry whose first answer was lost still puts the row in place.
    if (before && isDeepStrictEqual(before.row, row)) {
      const isIt = ({ rev }: Change) => rev === before.version;
      // Of the write that made it so: a tab learns that its own changed nothing.
      const { derived, origin } = changes.find(isIt) ?? known.logged?.(before.version) ?? {};
      const change = changeOf("update", { ...next, origin }, before.row, before.version);
      return [{ ...change, ...(derived && { derived }) }];
    }
    puts.push(next);
    if (resource === "activities") counts.adjust(before?.row, row ?? undefined);
    const moved = before && row && String(before.row.accountId) !== String(row.accountId);
    // A replica that reads a move in the log sees a row go and another one come.
    const moves = moved || movesOverview(resource, before?.row, row ?? undefined);
    if (!row) {
      if (before) log("delete", next, before.row, moves);
      move(asked, undefined);
      return changes.slice(-1);
    }
    // A row that moves to another parent is deleted at the one and created at the other: a change names one
    // parent only, and it concerns both.
    if (moved) log("delete", next, before.row, moves);
    const version = log(before && !moved ? "update" : "create", next, row, moves);
    const entry = { row, version };
    move(asked, entry);
    // Copied, for what is logged is given its row.
    const made = changes.slice(moved ? -2 : -1).map((change) => ({ ...change }));
    carry(toServedRow(resource, id, entry, counts));
    return made;
  }

  function carry(served: Row): void {
    const change = changes.at(-1);
    if (change && JSON.stringify(served).length <= maxTravellingRow) change.row = { ...served };
  }

  function touch(resource: string, id: string): void {
    const row = find(resource, id)?.row;
    if (!row) return;
    const entry = { row, version: log("update", { resource, id, row }, row) };
    move({ resource, id }, entry);
    carry(toServedRow(resource, id, entry, counts));
  }

  function putSingular(resource: string, row: Row | null): void {
    const before = parts.get(resource);
    const known = before?.kind === "singular" ? before.entry.row : undefined;
    if (row === null) {
      if (known) log("delete", { resource, id: resource, row }, {});
      parts.delete(resource);
    } else if (!isDeepStrictEqual(known, row)) {
      const version = log(known ? "update" : "create", { resource, id: resource, row }, {});
      parts.set(resource, { kind: "singular", entry: { row, version } });
      carry(row);
    }
  }

  return {
    entry: find,
    served(resource, id) {
      const entry = find(resource, id);
      return entry && toServedRow(resource, id, entry, counts);
    },
    put,
    touch,
    putSingular,
    *rows(resource) {
      const changed = over.get(resource);
      for (const [id, { row }] of entriesOf(parts, resource)) if (!changed?.has(id)) yield row;
      for (const entry of changed?.values() ?? []) if (entry) yield entry.row;
    },
    document: () => applySteps(parts, steps),
    rev: () => rev,
    overviewMovedAt: () => overviewMovedAt,
    changes,
    puts,
    steps,
  };
}

/** The document after the steps. Rows that they add come last. */
function applySteps(from: Document, steps: readonly RowStep[]): Document {
  const parts = new Map(from);
  const owned = new Map<string, Map<string, Entry>>();
  for (const { resource, id, after } of steps) {
    const part = parts.get(resource);
    if (part?.kind === "singular") continue;
    const entries = owned.get(resource) ?? new Map(entriesOf(parts, resource));
    if (!owned.has(resource)) {
      const leftOut = part?.kind === "collection" ? part.leftOut : [];
      owned.set(resource, entries);
      parts.set(resource, { kind: "collection", entries, leftOut });
    }
    if (after) entries.set(id, after);
    else entries.delete(id);
  }
  return parts;
}

/** A change of a row, without the row and what is derived from it. */
export function changeOf(
  op: Change["op"],
  { resource, id, origin }: Omit<Put, "row">,
  { accountId }: Row,
  rev: number,
): Change {
  return {
    rev,
    resource,
    id,
    op,
    version: rev,
    parents: isId(accountId) ? { accountId: String(accountId) } : {},
    ...(origin !== undefined && { origin }),
  };
}
