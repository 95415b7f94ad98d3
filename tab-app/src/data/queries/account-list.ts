import * as z from "zod/mini";
import { accountDetailsSchema } from "#contract/rows.ts";
import type { Change, Effect } from "#sync";
import {
  type AccountOrder,
  accountOrder,
  isSortedBy,
  passesAccountsQuery,
} from "./account-filter.ts";
import {
  type AccountPage,
  type AccountPages,
  accountCursorSchema,
  accountPageSchema,
  countOut,
  findAccount,
  insertAccount,
  type ListedAccount,
  listedAccountSchema,
  loadedIn,
  placeOf,
  removeAccount,
  replaceAccount,
} from "./account-pages.ts";
import { defineInfiniteQuery, type PageReadContext } from "./define-query.ts";
import { rowOf } from "./snapshot.ts";

/**
 * Accounts that pass a filter, in an order. The id is both, as `toAccountsQuery` writes them. Names and plans change
 * rarely: five minutes.
 */
export const accountListQuery = defineInfiniteQuery({
  kind: "account list",
  page: accountPageSchema,
  cursor: accountCursorSchema,
  pageSize: 50,
  freshFor: 300_000,
  cursorAfter: loadedIn,
  read: readAccounts,
  effect(change, data, id) {
    const query = new URLSearchParams(id);
    const list = {
      order: accountOrder(query),
      followsActivity: isSortedBy(query, "lastActivityAt"),
      isByOwner: isSortedBy(query, "ownerId"),
      passes: (row: ServedRow) => passesAccountsQuery(query, row),
    };
    if (change.resource === "accounts") return effectOfAccount(change, data, list);
    if (change.resource !== "activities" || !list.followsActivity) return "none";
    return effectOfActivity(change, data, list);
  },
});

type ServedRow = NonNullable<Change["row"]>;

interface List {
  readonly order: AccountOrder;
  readonly followsActivity: boolean;
  readonly isByOwner: boolean;
  readonly passes: (row: ServedRow) => boolean;
}

/** A page is read with the last row before it: where that has another place now, rows came or went before it. */
async function readAccounts(
  { api, signal, loaded }: PageReadContext<AccountPage>,
  id: string,
  cursor: number | null,
  limit: number,
): Promise<AccountPage> {
  const query = new URLSearchParams(id);
  const follows = isSortedBy(query, "lastActivityAt");
  const held = cursor === null ? [] : loaded.flatMap(({ rows }) => rows);
  const before = held.at(-1);
  const ask = async (start: number, count: number) => {
    const path = `/accounts?${query}&_start=${start}&_limit=${count}`;
    const { value, total, asOf } = await api.get(path, z.array(listedAccountSchema), signal);
    const rows = follows ? value : value.map(withoutActivity);
    const whole = total ?? start + rows.length;
    return { rows, total: whole, more: whole > start + rows.length, asOf };
  };
  if (!before) return ask(0, limit);

  const order = accountOrder(query);
  const next = await ask(held.length - 1, limit + 1);
  const [again] = next.rows;
  // One that moved may have as many before it as it had, and others.
  const isInPlace = again?.id === before.id && order(again, before) === 0;
  const page = isInPlace ? next : await ask(0, held.length + limit);
  const heldIds = new Set(held.map((row) => row.id));
  // What came before it since then, the change of it brings in order.
  const rows = page.rows.filter((row) => !heldIds.has(row.id) && order(before, row) <= 0);
  return { ...page, rows };
}

function withoutActivity({ lastActivityAt: _, ...row }: ListedAccount): ListedAccount {
  return row;
}

function effectOfAccount(change: Change, data: AccountPages, list: List): Effect {
  const { followsActivity, isByOwner, passes } = list;
  const held = findAccount(data.pages, change.id);
  if (held && held.row.version >= change.version) return "known";
  // A row beyond the loaded ones: whether it was in the list, and is counted, only the server knows.
  if (!held && isBeyond(data, change)) return "stale";
  const isGone = change.op === "delete" || (change.row !== undefined && !passes(change.row));
  if (isGone) {
    if (!held) return "none";
    return patchedAccounts(countOut(removeAccount(data, change.id), change.rev), data);
  }
  const row = rowOf(change, listedAccountSchema);
  if (!row) return "stale";
  // Edited by hand, an id may be a number, which has another order than its text.
  if (isByOwner && /^-?\d+$/.test(row.ownerId ?? "")) return "stale";
  if (!held) {
    // What later activities of the account brought was not kept.
    return followsActivity ? "stale" : enter(data, withoutActivity(row), list.order);
  }
  const next = followsActivity
    ? { ...row, ...activityOf(held.row, held.page) }
    : withoutActivity(row);
  return moveAccount(data, held.row, next, list);
}

/** What a change of an activity says of its account. */
const latestSchema = z.required(z.pick(accountDetailsSchema, { lastActivityAt: true }));

function effectOfActivity(change: Change, data: AccountPages, list: List): Effect {
  const id = change.parents.accountId ?? "";
  const held = findAccount(data.pages, id);
  const last = data.pages.at(-1);
  if (!held && !last?.more) return "none";
  const known = held && activityOf(held.row, held.page).latestAt;
  if (known !== undefined && change.rev <= known) return "known";
  const latest = latestSchema.safeParse(change.derived?.[`accounts/${id}`]).data;
  if (!latest) return "stale";
  if (!held) {
    const end = last?.rows.at(-1);
    const isAfter = end && list.order({ ...end, ...latest }, end) > 0;
    return isAfter ? "none" : "stale";
  }
  const next = { ...held.row, ...latest, latestAt: change.rev };
  return moveAccount(data, held.row, next, list);
}

/** The latest activity of a row, and the revision of that. */
function activityOf({ lastActivityAt, latestAt = -1 }: ListedAccount, { asOf }: AccountPage) {
  return {
    ...(lastActivityAt !== undefined && { lastActivityAt }),
    latestAt: Math.max(latestAt, asOf?.rev ?? -1),
  };
}

/** Whether a row that is not held may be in the list as of the change. */
function isBeyond({ pages }: AccountPages, { rev }: Change): boolean {
  const last = pages.at(-1);
  return Boolean(last?.more) && rev > (last?.asOf?.rev ?? -1);
}

function moveAccount(
  data: AccountPages,
  held: ListedAccount,
  next: ListedAccount,
  { order, followsActivity }: List,
): Effect {
  if (order(held, next) === 0) return { patched: replaceAccount(data, next) };
  const rest = removeAccount(data, held.id);
  const place = placeOf(rest.pages, next, order);
  // Of a row that is given up, a later change of an activity would not bring what it needs to be shown.
  if (place?.isTied || (!place && followsActivity)) return "stale";
  return patchedAccounts(place ? insertAccount(rest, place, next) : rest, data);
}

function enter(data: AccountPages, row: ListedAccount, order: AccountOrder): Effect {
  const place = placeOf(data.pages, row, order);
  if (!place) return "none";
  return place.isTied ? "stale" : patchedAccounts(insertAccount(data, place, row), data);
}

function patchedAccounts(patched: AccountPages, data: AccountPages): Effect {
  if (patched === data) return "known";
  // Without a row there is nothing to go on from.
  const isStranded = loadedIn(patched.pages) === 0 && (patched.pages.at(-1)?.more ?? false);
  return isStranded ? "stale" : { patched };
}
