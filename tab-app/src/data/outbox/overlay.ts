import type { AccountDetails, Activity } from "#contract/rows.ts";
import { accountOrder, passesAccountsQuery } from "#data/queries/account-filter.ts";
import type { ListedAccount } from "#data/queries/account-pages.ts";
import { passesFeedQuery } from "#data/queries/feed-filter.ts";
import { compareActivities } from "#data/queries/pages.ts";
import type { Resource, WrittenRows } from "./define-write.ts";
import { isPending, type OutboxEntry, type PendingEntry } from "./outbox.ts";
import { isTo, kindOf, rowKeyOf, type Write } from "./writes.ts";

/** How far an unconfirmed value has come; null for what the server has said. */
export type Unconfirmed = PendingEntry["state"] | null;

/** A row as it is shown: server truth, with what the user did and the server has not yet answered. */
export type FeedRow = LaidRow<"activities">;

/**
 * Lays pending writes over the rows of a feed. The cache below holds server truth only, so that a
 * rollback is the end of the overlay: it takes back its own write, and nothing that came meanwhile is
 * lost or flickers. Rows that no write concerns keep their identity, so that they do not render again.
 * In a feed with a `filter`, as `toFeedQuery` writes it, a row is left out as soon as a write has it fail the filter.
 */
export function layOnFeed(
  rows: readonly Activity[],
  entries: readonly OutboxEntry[],
  accountId: string | null,
  filter: string | null = null,
): readonly FeedRow[] {
  const writes = entries.filter(isPending).filter(({ write }) => isTo("activities", kindOf(write)));
  if (writes.length === 0) return rows;
  const query = filter === null ? null : new URLSearchParams(filter);
  // What the server answered passes; it may have fields that are not known here.
  const passes = (row: FeedRow) =>
    query === null || !row.unconfirmed || passesFeedQuery(query, truthOf(row));
  const concerned = new Set(writes.map(({ write }) => write.id));
  const shown = new Map<string, FeedRow>(
    rows.filter(({ id }) => concerned.has(id)).map((row) => [row.id, row]),
  );
  const added = new Set<string>();
  /** New rows have no place yet that all clocks agree on. The latest is the first. */
  const onTop = new Set<string>();
  layWrites("activities", shown, writes, accountId, (write, wasShown) => {
    if (!shown.has(write.id)) onTop.delete(write.id);
    if (wasShown) return;
    added.add(write.id);
    if (kindOf(write).isNew?.(write)) onTop.add(write.id);
  });
  const rowsOf = (ids: Iterable<string>) =>
    [...ids].flatMap((id) => shown.get(id) ?? []).filter(passes);
  const list = rows.flatMap((row) => {
    if (!concerned.has(row.id)) return row;
    return added.has(row.id) ? [] : rowsOf([row.id]);
  });
  for (const row of rowsOf([...added].filter((id) => !onTop.has(id)))) {
    const at = list.findIndex((other) => compareActivities(row, other) < 0);
    list.splice(at === -1 ? list.length : at, 0, row);
  }
  return [...rowsOf([...onTop].reverse()), ...list];
}

/** A row of an account, as it is shown. */
export type LaidRow<R extends "activities" | "tasks"> = WrittenRows[R] & {
  readonly unconfirmed?: Unconfirmed;
};

/** Lays writes over rows of an account by id, in order. `onLaid` hears of each that changes what is shown. */
export function layWrites<R extends "activities" | "tasks">(
  resource: R,
  shown: Map<string, LaidRow<R>>,
  writes: readonly PendingEntry[],
  accountId: string | null,
  onLaid: (write: Write, wasShown: boolean) => void = () => {},
): void {
  for (const { write, state } of writes) {
    const kind = kindOf(write);
    if (!isTo(resource, kind)) continue;
    const row = shown.get(write.id);
    const next = kind.lay(row, write);
    if (next === row) continue;
    // Only a new row is asked for its account: one that is here may have been moved since it was written to.
    if (!row && next?.accountId !== accountId) continue;
    if (next) shown.set(write.id, { ...next, unconfirmed: state });
    else shown.delete(write.id);
    onLaid(write, row !== undefined);
  }
}

/**
 * Lays pending writes over the rows of a list of accounts. A row leaves the list at once where it does not pass any
 * more, and a new one enters it; one that is edited is at its new place once the server has confirmed. `list` as
 * `toAccountsQuery` writes it, null for any; `isWhole` where no rows follow.
 */
export function layOnList(
  rows: readonly ListedAccount[],
  entries: readonly OutboxEntry[],
  list: string | null,
  isWhole = true,
): readonly ListedAccount[] {
  const ids = new Set(
    entries
      .filter(isPending)
      .flatMap(({ write }) => (isTo("accounts", kindOf(write)) ? write.id : [])),
  );
  if (ids.size === 0) return rows;
  const query = new URLSearchParams(list ?? "");
  const shownAs = (id: string, row?: ListedAccount) => {
    const shown = layOnAccount(id, row, entries);
    return shown && passesAccountsQuery(query, shown) ? shown : [];
  };
  const held = new Set(rows.map(({ id }) => id));
  const shown = rows.flatMap((row) => (ids.has(row.id) ? shownAs(row.id, row) : row));
  const order = accountOrder(query);
  for (const row of [...ids].filter((id) => !held.has(id)).flatMap((id) => shownAs(id))) {
    const at = shown.findIndex((other) => order(row, other) < 0);
    if (at >= 0 || isWhole) shown.splice(at < 0 ? shown.length : at, 0, row);
  }
  return shown;
}

/** An account with the pending writes of it; undefined where there is none, or none any more. */
export function layOnAccount<T extends AccountDetails>(
  id: string,
  row: T | undefined,
  entries: readonly OutboxEntry[],
): T | AccountDetails | undefined {
  let shown: T | AccountDetails | undefined = row;
  for (const { write } of entries.filter(isPending)) {
    const kind = kindOf(write);
    if (write.id === id && isTo("accounts", kind)) shown = kind.lay(shown, write);
  }
  return shown;
}

/** A row with the pending edits of it; the same row when there are none. */
export function layOnRow<R extends Resource, T extends WrittenRows[R]>(
  resource: R,
  row: T,
  entries: readonly OutboxEntry[],
): T {
  let shown = row;
  for (const { write } of entries.filter(isPending)) {
    const kind = kindOf(write);
    if (write.id === row.id && isTo(resource, kind))
      shown = { ...shown, ...kind.lay(shown, write) };
  }
  return shown;
}

/**
 * A pending edit hides what others have put under it. An edit that is made on top is checked by the server
 * from the version that the first of the pending ones began from.
 */
export function putOnTop(entries: readonly OutboxEntry[], write: Write): Write {
  if (!("base" in write)) return write;
  const below = entries
    .filter(isPending)
    .flatMap((entry) =>
      "base" in entry.write && rowKeyOf(entry.write) === rowKeyOf(write) ? entry.write.base : [],
    );
  const version = Math.min(write.base.version, ...below.map((base) => base.version));
  return { ...write, base: { ...write.base, version } } as Write;
}

function truthOf({ unconfirmed: _, ...row }: FeedRow): Activity {
  return row;
}
