import { isDeepStrictEqual } from "node:util";
import { countActivities, createCountsOver, type DerivedCounts } from "#api/rows/derived-counts.ts";
import { type Document, type Entry, entriesOf, type Row } from "#api/rows/document.ts";
import { isId } from "#api/rows/row-id.ts";
import { toServedRow } from "#api/rows/served-rows.ts";
import type { Change } from "#sync/http";

/** Rows whose JSON is longer than this do not travel in changes: receivers read them again. */
const maxTravellingRow = 16_384;

/** One write to one row: the row as it shall be, or `null` to remove it. What the log keeps on disk. */
export interface Put {
  readonly resource: string;
  readonly id: string;
  readonly row: Row | null;
  readonly origin?: string | undefined;
}

/**
 * The next state, while it is being made: writes run on it one after the other, each seeing those
 * before it. The document it began with stays as it was, so a failed commit is just dropped.
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
  /** Logs a change of an object that is no collection, under the name of the resource. Only hand edits do. */
  putSingular(resource: string, row: Row | null): void;
  document(): Document;
  /** The revision of the state as it is now. */
  rev(): number;
  readonly changes: readonly Change[];
  readonly puts: readonly Put[];
}

export function createTransaction(
  document: Document,
  startRev: number,
  known: {
    /** Those of `document`, which are counted otherwise. */
    counts?: DerivedCounts;
    /** The change that made a revision before, if it is still known. */
    logged?: (rev: number) => Change | undefined;
  } = {},
): Transaction {
  const parts = new Map(document);
  const owned = new Map<string, Map<string, Entry>>();
  const changes: Change[] = [];
  const puts: Put[] = [];
  let rev = startRev;
  const counts = createCountsOver(known.counts ?? countActivities(document));

  function writable(resource: string): Map<string, Entry> {
    const known = owned.get(resource);
    if (known) return known;
    const entries = new Map(entriesOf(parts, resource));
    const part = parts.get(resource);
    const leftOut = part?.kind === "collection" ? part.leftOut : [];
    owned.set(resource, entries);
    parts.set(resource, { kind: "collection", entries, leftOut });
    return entries;
  }

  function log(op: Change["op"], put: Put, parentsOf: Row): number {
    rev += 1;
    changes.push({ ...changeOf(op, put, parentsOf, rev), ...derivedFrom(put, parentsOf) });
    return rev;
  }

  /** The counts of the account that an activity belongs to, as they are now. */
  function derivedFrom({ resource }: Put, { accountId }: Row): Pick<Change, "derived"> {
    const id = String(accountId);
    if (resource !== "activities" || !entriesOf(parts, "accounts").has(id)) return {};
    return { derived: { [`accounts/${id}`]: { ...counts.of(id) } } };
  }

  function put(next: Put): readonly Change[] {
    const { resource, id, row } = next;
    const before = entriesOf(parts, resource).get(id);
    if (row === null && !before) return [];
    // A retry whose first answer was lost still puts the row in place.
    if (before && isDeepStrictEqual(before.row, row)) {
      const isIt = ({ rev }: Change) => rev === before.version;
      const { derived } = changes.find(isIt) ?? known.logged?.(before.version) ?? {};
      const change = changeOf("update", next, before.row, before.version);
      return [{ ...change, ...(derived && { derived }) }];
    }
    puts.push(next);
    const entries = writable(resource);
    if (resource === "activities") counts.adjust(before?.row, row ?? undefined);
    if (!row) {
      if (before) log("delete", next, before.row);
      entries.delete(id);
      return changes.slice(-1);
    }
    // A row that moves to another parent is deleted at the one and created at the other: a change names one
    // parent only, and it concerns both.
    const moved = before && String(before.row.accountId) !== String(row.accountId);
    if (moved) log("delete", next, before.row);
    const entry = { row, version: log(before && !moved ? "update" : "create", next, row) };
    entries.set(id, entry);
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
    const entries = writable(resource);
    const row = entries.get(id)?.row;
    if (!row) return;
    const entry = { row, version: log("update", { resource, id, row }, row) };
    entries.set(id, entry);
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
    entry: (resource, id) => entriesOf(parts, resource).get(id),
    served(resource, id) {
      const entry = entriesOf(parts, resource).get(id);
      return entry && toServedRow(resource, id, entry, counts);
    },
    put,
    touch,
    putSingular,
    document: () => parts,
    rev: () => rev,
    changes,
    puts,
  };
}

function changeOf(
  op: Change["op"],
  { resource, id, origin }: Put,
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
