import type { Row } from "#api/rows/document.ts";
import type { Activity } from "#contract/rows.ts";
import { sorted } from "../models/model-server.ts";
import type { Fail } from "./violations.ts";

/** Claim "once": no row of a feed stands in it twice, and they stand in the feed's order. */
export function checkOnce(tabId: string, accountId: string, rows: readonly Activity[], fail: Fail) {
  if (new Set(rows.map(({ id }) => id)).size < rows.length)
    fail("once", `${tabId} shows a row of ${accountId} twice`);
  for (const [at, row] of rows.entries()) {
    const next = rows[at + 1];
    if (next && !(next.at < row.at || (next.at === row.at && next.id < row.id)))
      fail("once", `${tabId} shows ${next.id} after ${row.id} of ${accountId}`);
  }
}

/** The same of a list of accounts, in the order that its parameters name. */
export function checkOnceListed(tabId: string, list: string, rows: readonly Row[], fail: Fail) {
  if (new Set(rows.map(({ id }) => id)).size < rows.length)
    fail("once", `${tabId} shows an account of ${list} twice`);
  const inOrder = sorted(rows, new URLSearchParams(list));
  const at = rows.findIndex((row, index) => row !== inOrder[index]);
  if (at !== -1) fail("once", `${tabId} shows ${rows[at]?.id} out of the order of ${list}`);
}
