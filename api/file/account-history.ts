import type { Moved, RowStore } from "#api/engine/row-store.ts";
import { changedFields } from "#api/rows/changed-fields.ts";
import { entriesOf } from "#api/rows/document.ts";
import type { HistoryEntry, HistoryPage } from "#contract/history.ts";
import type { Change } from "#sync/http";

/** An entry, and the account that it is of. */
export interface LoggedEntry extends HistoryEntry {
  readonly accountId: string;
}

/** The latest writes to accounts, in memory. The log on disk has them all, or its checkpoint. */
export interface AccountHistory {
  /** Those before a revision, newest first. */
  of(accountId: string, before: number, limit: number): HistoryPage;
  /** Oldest first. */
  all(): readonly LoggedEntry[];
}

const maxEntries = 5_000;
/** In characters of JSON: notes are long. */
const maxSize = 8_000_000;

/** Continues a history by what a store goes through. */
export function followHistory(store: RowStore, known: readonly LoggedEntry[] = []): AccountHistory {
  /** By revision. */
  const entries = new Map<number, { readonly entry: LoggedEntry; readonly size: number }>();
  let total = 0;

  function add(entry: LoggedEntry): void {
    const size = JSON.stringify(entry).length;
    entries.set(entry.rev, { entry, size });
    total += size;
    for (const [rev, oldest] of entries) {
      if (entries.size <= maxEntries && total <= maxSize) return;
      entries.delete(rev);
      total -= oldest.size;
    }
  }

  /** Each change of an account is a step. An edit by hand has none: its rows are in the documents. */
  function note(changes: readonly Change[], moved: Moved, at: number): void {
    const ofAccounts = changes.filter(({ resource }) => resource === "accounts");
    if (ofAccounts.length === 0) return;
    const steps = "steps" in moved ? moved.steps.filter(isOfAccount) : null;
    for (const [index, { id, rev, op }] of ofAccounts.entries()) {
      const { before, after, author } = steps?.[index] ?? {
        before: "before" in moved ? entriesOf(moved.before, "accounts").get(id) : undefined,
        after: entriesOf(store.state().document, "accounts").get(id),
      };
      const fields = changedFields(before?.row, after?.row);
      // Another place in the file.
      if (op === "update" && Object.keys(fields).length === 0) continue;
      const date = new Date(at).toISOString();
      add({ accountId: id, rev, at: date, authorId: author ?? null, op, fields });
    }
  }

  for (const entry of known) add(entry);
  store.subscribe({ changed: note });

  return {
    of(accountId, before, limit) {
      const found: HistoryEntry[] = [];
      for (const { entry } of [...entries.values()].reverse()) {
        if (found.length > limit) break;
        const { accountId: id, ...own } = entry;
        if (id === accountId && own.rev < before) found.push(own);
      }
      return { entries: found.slice(0, limit), more: found.length > limit };
    },
    all: () => Array.from(entries.values(), ({ entry }) => entry),
  };
}

const isOfAccount = ({ resource }: { readonly resource: string }) => resource === "accounts";
