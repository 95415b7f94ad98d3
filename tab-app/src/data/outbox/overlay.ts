import type { Account, Activity } from "#contract/rows.ts";
import { compareActivities } from "#data/queries/pages.ts";
import type { OutboxEntry } from "./outbox.ts";
import { scopeOf, type Write, type WriteOf } from "./write.ts";

/** How far an unconfirmed value has come; null for what the server has said. */
export type Unconfirmed = "sending" | "waiting" | null;

/** A row as it is shown: server truth, with what the user did and the server has not yet answered. */
export type FeedRow = Activity & { readonly unconfirmed: Unconfirmed };

/** What is laid over server truth: a write that failed is taken back by not being here any more. */
type PendingEntry = OutboxEntry & { readonly state: "sending" | "waiting" };

const confirmedRows = new WeakMap<Activity, FeedRow>();

/**
 * Lays pending writes over the rows of a feed. The cache below holds server truth only, so that a
 * rollback is the end of the overlay: it takes back its own write, and nothing that came meanwhile is
 * lost or flickers. Rows that no write concerns keep their identity, so that they do not render again.
 */
export function layOnFeed(
  rows: readonly Activity[],
  entries: readonly OutboxEntry[],
  accountId: string | null,
): readonly FeedRow[] {
  const shown = new Map(rows.map((row) => [row.id, confirmedRow(row)]));
  let isReordered = false;
  for (const { write, state } of entries.filter(isPending)) {
    if (write.type === "edit account") continue;
    // What is there already may have been moved to another account since it was written to.
    if (write.type === "create note" && write.accountId !== accountId) continue;
    const row = shown.get(write.id);
    const next = layOnRow(row, write, state);
    if (next === row) continue;
    if (!row) isReordered = true;
    if (next) shown.set(write.id, next);
    else shown.delete(write.id);
  }
  const list = [...shown.values()];
  return isReordered ? list.sort(compareActivities) : list;
}

function layOnRow(
  row: FeedRow | undefined,
  write: Exclude<Write, { type: "edit account" }>,
  unconfirmed: Unconfirmed,
): FeedRow | undefined {
  switch (write.type) {
    case "create note":
      // The server may have it already, and its word counts.
      return row ?? { ...write.row, version: 0, unconfirmed };
    case "delete note":
      return undefined;
    case "pin":
      return row && { ...row, pinned: write.pinned, unconfirmed };
    case "edit note":
      return row && { ...row, ...defined(write.changes), unconfirmed };
  }
}

/** An account with the pending edits of it; the same one when there are none. */
export function layOnAccount<T extends Account>(account: T, entries: readonly OutboxEntry[]): T {
  let shown = account;
  for (const { write } of entries.filter(isPending))
    if (write.type === "edit account" && write.id === account.id)
      shown = { ...shown, ...rowOfFields(write.changes) };
  return shown;
}

/**
 * What waits hides what others have put under it. An edit that is made on top is checked by the server
 * from where the first of those that wait began.
 */
export function putOnTop(entries: readonly OutboxEntry[], write: Write): Write {
  if (!("base" in write)) return write;
  const below = entries
    .filter(isPending)
    .flatMap((entry) =>
      "base" in entry.write && scopeOf(entry.write) === scopeOf(write) ? entry.write.base : [],
    );
  const version = Math.min(write.base.version, ...below.map((base) => base.version));
  return { ...write, base: { ...write.base, version } } as Write;
}

function rowOfFields({ ownerId, ...fields }: WriteOf<"edit account">["changes"]): Partial<Account> {
  return { ...defined(fields), ...(ownerId !== undefined && { ownerId: ownerId || null }) };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(fields: T): Defined<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}

function isPending(entry: OutboxEntry): entry is PendingEntry {
  return entry.state === "sending" || entry.state === "waiting";
}

function confirmedRow(row: Activity): FeedRow {
  let shown = confirmedRows.get(row);
  if (!shown) {
    shown = { ...row, unconfirmed: null };
    confirmedRows.set(row, shown);
  }
  return shown;
}
