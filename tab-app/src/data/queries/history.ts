import * as z from "zod/mini";
import { historyEntrySchema, historyPageSchema } from "#contract/history.ts";
import { defineInfiniteQuery } from "./define-query.ts";
import { snapshotOf } from "./snapshot.ts";

/** Who wrote what to an account, newest first. Only the server knows it, so each write to the account has it read again. */
export const historyQuery = defineInfiniteQuery({
  kind: "history",
  page: snapshotOf({ rows: z.array(historyEntrySchema), more: z.boolean() }),
  /** The revision of the last entry before a page. */
  cursor: z.int(),
  pageSize: 20,
  freshFor: 10_000,
  persist: false,
  cursorAfter: (pages) => pages.at(-1)?.rows.at(-1)?.rev,
  async read({ api, signal }, accountId, before, limit) {
    const query = new URLSearchParams({ limit: String(limit) });
    if (before !== null) query.set("before", String(before));
    const path = `/changes/accounts/${encodeURIComponent(accountId)}?${query}`;
    const { value, asOf } = await api.get(path, historyPageSchema, signal);
    return { rows: value.entries, more: value.more, asOf };
  },
  effect(change, { pages }, accountId) {
    if (change.resource !== "accounts" || change.id !== accountId) return "none";
    return (pages[0]?.rows[0]?.rev ?? 0) >= change.rev ? "known" : "stale";
  },
});
