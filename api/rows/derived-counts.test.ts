import fc from "fast-check";
import { expect, test } from "vitest";
import { createRowStore } from "#api/engine/row-store.ts";
import { applyEdit } from "#api/file/apply-edit.ts";
import { createTransaction, type Transaction } from "#api/writes/transaction.ts";
import { countActivities } from "./derived-counts.ts";
import type { Document, Row } from "./document.ts";

const accountIds = ["a", "b", "c"];
const activityIds = ["1", "2", "3", "4", "5"];

const activity = fc.record({
  id: fc.constantFrom(...activityIds),
  accountId: fc.constantFrom(...accountIds),
  pinned: fc.constantFrom<unknown>(true, false, "true", undefined),
  at: fc.constantFrom<unknown>(
    "2026-01-01T00:00:00.000Z",
    "2026-01-02T00:00:00+01:00",
    "2026-01-03T00:00:00Z",
    undefined,
  ),
});
const put = fc.oneof(
  activity.map((row) => ({ resource: "activities", id: row.id, row: row as Row | null })),
  fc
    .constantFrom(...activityIds)
    .map((id) => ({ resource: "activities", id, row: null as Row | null })),
  fc
    .tuple(fc.constantFrom(...accountIds), fc.option(fc.integer({ min: 0, max: 2 })))
    .map(([id, plan]) => ({ resource: "accounts", id, row: plan === null ? null : { id, plan } })),
);
const step = fc.oneof(
  fc.record({ do: fc.constantFrom("commit", "drop"), puts: fc.array(put, { maxLength: 6 }) }),
  fc.record({ do: fc.constant("edit"), rows: fc.uniqueArray(activity, { selector: idOf }) }),
);

function idOf({ id }: { id: string }): string {
  return id;
}

function collection(rows: readonly Row[]) {
  const entries = new Map(rows.map((row) => [String(row.id), { row, version: 1 }]));
  return { kind: "collection" as const, entries, leftOut: [] };
}

const start: Document = new Map([
  ["accounts", collection(accountIds.map((id) => ({ id })))],
  ["activities", collection([{ id: "1", accountId: "a", pinned: true }])],
]);

function expectCounted({ document, served }: Transaction): void {
  const counted = countActivities(document());
  for (const id of accountIds) {
    const account = served("accounts", id);
    if (account) expect(account).toMatchObject(counted.of(id));
  }
}

test("the counts that are kept are those counted anew, whatever is written, dropped or edited by hand", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const store = createRowStore(
        { epoch: "e", rev: 1, document: start, changes: [], answers: [] },
        { now: () => 0, log: (line) => expect.fail(line), maxChanges: 100 },
      );
      for (const next of steps) {
        const { document, rev } = store.state();
        if ("rows" in next) {
          const edited = new Map([...document, ["activities", collection(next.rows)] as const]);
          const after = applyEdit(document, rev, edited, store.counts);
          store.advance(
            { rev: rev + after.changes.length, document: after.document },
            after.changes,
          );
        } else {
          const transaction = createTransaction(document, rev, { counts: store.counts });
          for (const each of next.puts) transaction.put(each);
          expectCounted(transaction);
          // A commit that fails is dropped.
          if (next.do === "drop") continue;
          const after = transaction.document();
          store.advance({ rev: transaction.rev(), document: after }, transaction.changes);
        }
        const counted = countActivities(store.state().document);
        for (const id of accountIds) expect(store.counts.of(id)).toEqual(counted.of(id));
      }
    }),
  );
});
