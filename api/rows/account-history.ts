import { isDeepStrictEqual } from "node:util";
import type { HistoryEntry, HistoryPage } from "#contract/history.ts";
import type { Row } from "./document.ts";

/** An entry, and the account that it is of. */
export interface LoggedEntry extends HistoryEntry {
  readonly accountId: string;
}

/** Which writes to accounts the server remembers, in memory: the latest. */
export interface AccountHistory {
  add(entries: readonly LoggedEntry[]): void;
  /** Those before a revision, newest first. */
  of(accountId: string, before: number, limit: number): HistoryPage;
  /** Oldest first. */
  all(): readonly LoggedEntry[];
}

export function createAccountHistory(options: {
  entries: readonly LoggedEntry[];
  /** How many it holds. */
  limit: number;
  /** In characters of JSON: notes are long. */
  maxSize: number;
}): AccountHistory {
  let latest: { readonly entry: LoggedEntry; readonly size: number }[] = [];
  let size = 0;

  function add(entries: readonly LoggedEntry[]): void {
    for (const entry of entries) {
      const own = JSON.stringify(entry).length;
      latest.push({ entry, size: own });
      size += own;
    }
    // Trimmed in steps, not at every commit.
    if (latest.length <= options.limit * 1.2 && size <= options.maxSize * 1.2) return;
    let from = latest.length;
    let kept = 0;
    while (from > 0 && latest.length - from < options.limit) {
      kept += latest[from - 1]?.size ?? 0;
      if (kept > options.maxSize) break;
      from -= 1;
    }
    latest = latest.slice(from);
    size = latest.reduce((sum, each) => sum + each.size, 0);
  }
  add(options.entries);

  return {
    add,
    of(accountId, before, limit) {
      const found: HistoryEntry[] = [];
      for (let at = latest.length - 1; at >= 0 && found.length <= limit; at -= 1) {
        const entry = latest[at]?.entry;
        if (entry?.accountId !== accountId || entry.rev >= before) continue;
        const { accountId: _, ...own } = entry;
        found.push(own);
      }
      return { entries: found.slice(0, limit), more: found.length > limit };
    },
    all: () => latest.map(({ entry }) => entry),
  };
}

/** What a write changed in a row, as it is stored. A field that is missing holds null. */
export function changedFields(before: Row | undefined, after: Row | undefined) {
  const fields: Record<string, { before: unknown; after: unknown }> = {};
  for (const name of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])) {
    if (name === "id") continue;
    const change = { before: before?.[name] ?? null, after: after?.[name] ?? null };
    if (!isDeepStrictEqual(change.before, change.after)) fields[name] = change;
  }
  return fields;
}
