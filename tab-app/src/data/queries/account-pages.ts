import * as z from "zod/mini";
import { accountDetailsSchema, accountSchema } from "#contract/rows.ts";
import type { AccountOrder } from "./account-filter.ts";
import type { Pages } from "./define-query.ts";
import { snapshotOf } from "./snapshot.ts";

/** An account as lists show it. Only a list that is sorted by activity has `lastActivityAt`, so that no other follows it. */
export const listedAccountSchema = z.extend(accountSchema, {
  // As it is stored: the server sorts by it.
  name: z.string(),
  ...z.pick(accountDetailsSchema, { mrr: true, renewalDate: true, lastActivityAt: true }).shape,
  /** The revision of `lastActivityAt`, where a change brought it since the row was read. */
  latestAt: z.exactOptional(z.int()),
});
export type ListedAccount = Readonly<z.infer<typeof listedAccountSchema>>;

/** Some rows of a list; `more` where others follow. */
export const accountPageSchema = snapshotOf({
  rows: z.array(listedAccountSchema),
  more: z.boolean(),
  /** How many accounts the whole list has. */
  total: z.int(),
});
export type AccountPage = Readonly<z.infer<typeof accountPageSchema>>;

/** How many rows come before a page. */
export const accountCursorSchema = z.int();

export type AccountPages = Pages<AccountPage, number>;

/** How many accounts the list has, loaded or not. */
export function totalOf({ pages }: AccountPages): number {
  const last = pages.at(-1);
  return last?.more ? last.total : loadedIn(pages);
}

export function loadedIn(pages: readonly AccountPage[]): number {
  return pages.reduce((sum, { rows }) => sum + rows.length, 0);
}

export interface HeldAccount {
  readonly page: AccountPage;
  readonly row: ListedAccount;
}

export function findAccount(pages: readonly AccountPage[], id: string): HeldAccount | undefined {
  for (const page of pages) {
    const row = page.rows.find((each) => each.id === id);
    if (row) return { page, row };
  }
  return undefined;
}

export function replaceAccount(data: AccountPages, row: ListedAccount): AccountPages {
  return mapHolder(data, row.id, (rows, at) => rows.with(at, row));
}

export function removeAccount(data: AccountPages, id: string): AccountPages {
  return mapHolder(data, id, (rows, at) => rows.toSpliced(at, 1));
}

function mapHolder(
  data: AccountPages,
  id: string,
  map: (rows: readonly ListedAccount[], at: number) => ListedAccount[],
): AccountPages {
  const pages = data.pages.map((page) => {
    const at = page.rows.findIndex((row) => row.id === id);
    return at === -1 ? page : { ...page, rows: map(page.rows, at) };
  });
  return { ...data, pages };
}

/** Where a row stands that is in no page. */
export interface Place {
  readonly number: number;
  readonly at: number;
  /** Another row has the same values: which of them is first, only the server knows. */
  readonly isTied: boolean;
}

/** Null for a place beyond the loaded pages. */
export function placeOf(
  pages: readonly AccountPage[],
  row: ListedAccount,
  compare: AccountOrder,
): Place | null {
  for (const [number, { rows, more }] of pages.entries()) {
    const isEnd = number === pages.length - 1 && !more;
    const last = rows.at(-1);
    if (!isEnd && (!last || compare(row, last) > 0)) continue;
    const found = rows.findIndex((other) => compare(row, other) <= 0);
    const at = found === -1 ? rows.length : found;
    const other = rows[at];
    return { number, at, isTied: other !== undefined && compare(row, other) === 0 };
  }
  return null;
}

export function insertAccount(
  data: AccountPages,
  { number, at }: Place,
  row: ListedAccount,
): AccountPages {
  const page = data.pages[number];
  if (!page) return data;
  const rows = page.rows.toSpliced(at, 0, row);
  return { ...data, pages: data.pages.with(number, { ...page, rows }) };
}

/** One row less beyond doubt, as of a revision: what the last page was told already is not counted again. */
export function countOut(data: AccountPages, rev: number): AccountPages {
  const last = data.pages.at(-1);
  if (!last || rev <= (last.asOf?.rev ?? -1)) return data;
  return { ...data, pages: data.pages.with(-1, { ...last, total: last.total - 1 }) };
}
