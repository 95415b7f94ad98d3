import type { Activity } from "#contract/rows.ts";
import type { Tab } from "../tab/tab.ts";
import type { OracleContext } from "./context.ts";
import type { VersionedRow } from "./history.ts";

/** Claim "monotonic", for one session of one tab. Each panel is measured by itself. */
export interface Monotonic {
  row(panel: string, resource: string, row: VersionedRow): void;
  /** The rows of a feed, deleted ones included: they do not come back as they were. */
  feed(accountId: string, rows: readonly VersionedRow[]): void;
  /** The revision that a query shows. */
  asOf(query: string, rev: number | undefined): void;
  /** The server accepted the user's pin: what was there before it is older, whether it was shown or not. */
  confirmed(row: Activity): void;
}

export const feedPanel = (accountId: string) => `activity ${accountId}`;

export function createMonotonic({ id }: Tab, { history, fail }: OracleContext): Monotonic {
  const versions = new Map<string, number>();
  const revisions = new Map<string, number>();
  /** Versions of a feed's rows as last shown, by account. */
  const feeds = new Map<string, ReadonlyMap<string, number>>();
  /** At which revision rows of a feed were deleted. */
  const deletions = new Map<string, number>();
  const nameOf = (panel: string, resource: string, row: VersionedRow) =>
    `${panel}: ${resource}/${row.id}`;

  return {
    row(panel, resource, row) {
      const name = nameOf(panel, resource, row);
      const before = versions.get(name) ?? 0;
      if (row.version < before)
        fail("monotonic", `${id} showed ${name}@${row.version} after @${before}`);
      else if (row.version > before) versions.set(name, row.version);
    },
    feed(accountId, rows) {
      for (const row of rows) {
        const deleted = deletions.get(`${accountId}/${row.id}`);
        if (deleted !== undefined && row.version < deleted)
          fail("monotonic", `${id} showed ${row.id}@${row.version}, deleted at ${deleted}`);
      }
      const shown = new Map(rows.map((row) => [row.id, row.version]));
      for (const [row, version] of feeds.get(accountId) ?? []) {
        if (shown.has(row)) continue;
        // A row that was deleted, put back and deleted again may go by the first deletion.
        const deleted = history.deletedAfter("activities", row, version);
        if (deleted !== undefined) deletions.set(`${accountId}/${row}`, deleted);
      }
      feeds.set(accountId, shown);
    },
    asOf(query, rev) {
      if (rev === undefined) return;
      const before = revisions.get(query) ?? 0;
      if (rev < before) fail("monotonic", `${id} showed ${query} as of ${rev} after ${before}`);
      revisions.set(query, Math.max(before, rev));
    },
    confirmed(row) {
      const name = nameOf(feedPanel(row.accountId), "activities", row);
      versions.set(name, Math.max(row.version, versions.get(name) ?? 0));
    },
  };
}
