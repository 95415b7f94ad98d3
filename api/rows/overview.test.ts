import fc from "fast-check";
import { expect, test } from "vitest";
import { createRowStore } from "#api/engine/row-store.ts";
import { applyEdit } from "#api/file/apply-edit.ts";
import { makeFile, smallData } from "#api/testing/data-file.ts";
import { startApi } from "#api/testing/start-api.ts";
import { createTransaction } from "#api/writes/transaction.ts";
import { type Overview, overviewMovedSchema, overviewRow } from "#contract/overview.ts";
import type { Document, Row } from "./document.ts";
import { createOverview } from "./overview.ts";

const ids = ["1", "2", "3"];
const days = ["2026-11-26", "2026-11-27", "2027-01-26", "2027-01-27"];
const times = ["2026-11-23T00:00:00.000Z", "2026-11-22T23:30:00-01:00", "2026-11-01T10:00:00.000Z"];
const of = fc.constantFrom;
const maybe = <T>(...values: T[]) => fc.option(of(...values), { nil: undefined });
const id = of(...ids);
const row = fc.oneof(
  fc.record({
    resource: of("accounts"),
    row: fc.record({
      id,
      name: of("A", "B"),
      ownerId: maybe("u1", "u2"),
      plan: of("Free", "Growth"),
      status: of("active", "at risk"),
      mrr: maybe(0, 0.1, 0.2, 99.99),
      renewalDate: maybe(...days),
    }),
  }),
  fc.record({
    resource: of("activities"),
    row: fc.record({ id, accountId: id, at: of(...times), pinned: fc.boolean() }),
  }),
  fc.record({
    resource: of("tasks"),
    row: fc.record({
      id,
      accountId: id,
      done: fc.boolean(),
      dueDate: maybe(...days),
      assigneeId: maybe("u1"),
    }),
  }),
);
type Put = { resource: string; id: string; row: Row | null };
const put = fc.oneof(
  { weight: 3, arbitrary: row.map(({ resource, row }): Put => ({ resource, id: row.id, row })) },
  fc
    .tuple(of("accounts", "activities", "tasks"), id)
    .map(([resource, id]): Put => ({ resource, id, row: null })),
);
const step = fc.record({ isEdit: fc.boolean(), puts: fc.array(put, { maxLength: 4 }) });

const questions = [
  ["u1", "2026-11-27"],
  [null, "2026-11-27"],
  ["u2", "2026-11-29"],
] as const;

test("what is kept is what is counted anew, and a change says when it last moved", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const store = createRowStore(
        { epoch: "e", rev: 1, document: new Map() as Document, changes: [], answers: [] },
        { now: () => 0, log: (line) => expect.fail(line), maxChanges: 1000 },
      );
      const read = (from: Pick<typeof store.overview, "read">) =>
        questions.map(([owner, today]) => from.read(owner, today));
      /** What a reader held at each revision. */
      const held: { rev: number; answers: readonly Overview[] }[] = [];
      for (const { isEdit, puts } of steps) {
        held.push({ rev: store.state().rev, answers: read(store.overview) });
        const { document, rev } = store.state();
        const known = { counts: store.counts, overviewMovedAt: store.overview.movedAt };
        const transaction = createTransaction(document, rev, known);
        for (const each of puts) transaction.put(each);
        if (isEdit) {
          const after = applyEdit(document, rev, transaction.document(), store.counts);
          store.advance(
            { rev: rev + after.changes.length, document: after.document },
            after.changes,
          );
        } else
          store.advance({ rev: transaction.rev(), steps: transaction.steps }, transaction.changes);

        const now = read(store.overview);
        expect(now).toEqual(read(createOverview(store.state().document)));
        // A tab may know the latest change of each row only: any of them names what came before it.
        for (const { rev, answers } of held) {
          const later = store.log.since(rev) ?? [];
          const isMoved = later.some(
            ({ derived }) => overviewMovedSchema.parse(derived?.[overviewRow]).movedAt > rev,
          );
          if (!isMoved) expect(answers).toEqual(now);
        }
      }
    }),
    { numRuns: 300 },
  );
});

const account = (id: string, more: object) => ({
  id,
  name: id,
  plan: "Free",
  status: "active",
  ...more,
});

test("GET /overview counts accounts, renewals, plans, weeks and tasks", async () => {
  const accounts = [
    account("acc-1", { ownerId: "usr-1", mrr: 0.1, renewalDate: "2026-11-27" }),
    account("acc-2", { ownerId: "usr-1", mrr: 0.2, renewalDate: "2027-01-26", status: "at risk" }),
    account("acc-3", { ownerId: "usr-2", plan: "Growth", renewalDate: "2027-01-27" }),
  ];
  const tasks = [
    {
      id: "t1",
      accountId: "acc-1",
      title: "Late",
      dueDate: "2026-11-26",
      assigneeId: "usr-1",
      done: false,
    },
    {
      id: "t2",
      accountId: "acc-1",
      title: "Done",
      dueDate: "2026-11-26",
      assigneeId: "usr-1",
      done: true,
    },
    {
      id: "t3",
      accountId: "acc-1",
      title: "Now",
      dueDate: "2026-11-27",
      assigneeId: "usr-2",
      done: false,
    },
  ];
  const api = await startApi({ file: makeFile({ ...smallData, accounts, tasks }) });
  const { json, revision } = await api.get("/overview?owner=usr-1&today=2026-11-27");
  expect(json).toMatchObject({
    accounts: 3,
    mine: 2,
    atRisk: 1,
    renewals: 2,
    plans: [
      { plan: "Free", accounts: 2, mrr: 0.3 },
      { plan: "Growth", accounts: 1, mrr: 0 },
    ],
    tasks: { overdue: 1, today: 0 },
  });
  const weeks = json.weeks as Overview["weeks"];
  expect([weeks.length, weeks.at(-1)?.from]).toEqual([12, "2026-11-23"]);
  // The small data has an activity a day from November 1 to 12.
  expect(weeks.map(({ activities }) => activities).slice(-5)).toEqual([1, 7, 4, 0, 0]);
  expect(revision).toMatch(/\.\d+$/);

  const { json: everybody } = await api.get("/overview?today=2026-11-27");
  expect(everybody).toMatchObject({ mine: null, tasks: { overdue: 1, today: 1 } });
  await api.call("POST", "/activities", {
    accountId: "acc-1",
    kind: "note",
    title: "New",
    at: "2026-11-24T09:00:00Z",
  });
  const { json: after } = await api.get("/overview?today=2026-11-27");
  expect((after.weeks as Overview["weeks"]).at(-1)?.activities).toBe(1);
});

test.each([
  ["?owner=", "owner"],
  [`?owner=${"x".repeat(201)}`, "owner"],
  ["?today=yesterday", "today"],
  ["?today=2026-02-30", "today"],
  ["?today=9999-12-31", "today"],
  ["?today=2026-11-27&today=2026-11-28", "today"],
  ["?owners=1", "owners"],
])("GET /overview%s is refused by its parameter", async (query, field) => {
  const api = await startApi();
  const { status, json } = await api.get(`/overview${query}`);
  expect([status, json.field]).toEqual([400, field]);
});
