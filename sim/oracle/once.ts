import type { Activity } from "#contract/rows.ts";
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
