import type { Activity } from "#contract/rows.ts";
import { openRealm } from "../../e2e/support/open-realm.ts";
import type { Panes } from "./panes.ts";
import type { BenchServer } from "./server.ts";

/**
 * Posts changes of the rows shown on the channel, `perMessage` in each, as fast as a page can: valid, and of
 * revisions that the server does not have, so that no request takes part. Resolves when all are posted.
 */
export async function postGulp(
  { page }: Panes,
  server: BenchServer,
  rows: readonly Activity[],
  { changes, perMessage }: { changes: number; perMessage: number },
): Promise<void> {
  const realm = await openRealm(page, server.paneUrl);
  const answer = await fetch(`${server.apiUrl}/accounts`);
  const [epoch = "", rev = ""] = (answer.headers.get("Tandem-Revision") ?? "").split(".");
  await realm.evaluate(
    async ({ rows, changes, perMessage, epoch, head }) => {
      const channel = new BroadcastChannel("tandem");
      const change = (at: number) => {
        const row = rows[at % rows.length];
        const rev = head + 1 + at;
        const written = { ...row, pinned: Math.floor(at / rows.length) % 2 === 0, version: rev };
        const parents = { accountId: row?.accountId };
        const derived = { [`accounts/${row?.accountId}`]: { pinnedCount: at, activityCount: at } };
        const base = { rev, version: rev, resource: "activities", id: row?.id, op: "update" };
        return { ...base, parents, row: written, derived };
      };
      for (let at = 0; at < changes; at += perMessage) {
        const length = Math.min(perMessage, changes - at);
        const gulp = Array.from({ length }, (_, each) => change(at + each));
        channel.postMessage({ tandem: 1, from: "bench", type: "changes", epoch, changes: gulp });
        // Panes and this page may share a thread: no task of its own is long.
        if (at % 100 === 0) await new Promise((resolve) => setTimeout(resolve));
      }
    },
    { rows, changes, perMessage, epoch, head: Number(rev) },
  );
  await realm.close();
}
