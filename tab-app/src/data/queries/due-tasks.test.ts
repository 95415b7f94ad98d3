import fc from "fast-check";
import { expect, test } from "vitest";
import { makeFile } from "#api/testing/data-file.ts";
import { startApi } from "#api/testing/start-api.ts";
import type { Task } from "#contract/rows.ts";
import { createApi } from "#data/server/api.ts";
import type { Change } from "#sync";
import { dueTasksQuery, maxDueTasks, toDueTasksQuery } from "./due-tasks.ts";

const day = fc.constantFrom("2026-11-20", "2026-11-28", "2026-12-05", "2026-12-06", null);
const assigneeId = fc.constantFrom("usr-1", "usr-2", null);
const fields = fc.record(
  { dueDate: day, assigneeId, done: fc.boolean(), title: fc.constantFrom("One", "Two") },
  { requiredKeys: [] },
);
const step = fc.oneof(
  fc.record({ do: fc.constant("change" as const), id: fc.nat(12), fields }),
  fc.record({ do: fc.constant("create" as const), id: fc.nat(12), fields }),
  fc.record({ do: fc.constant("delete" as const), id: fc.nat(12) }),
);

test("after any changes the tasks that are due are those of a fresh read of the API, of few and of more than are shown", async () => {
  let patches = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(4, maxDueTasks - 2, maxDueTasks + 6),
      fc.constantFrom(null, "usr-1"),
      fc.array(step, { minLength: 15, maxLength: 30 }),
      async (count, whose, steps) => {
        const cleanUps: (() => unknown)[] = [];
        const later = (undo: () => unknown) => void cleanUps.unshift(undo);
        const tasks = Array.from({ length: count }, (_, at) => ({
          id: `tsk-${at}`,
          accountId: "acc-1",
          title: "Task",
          dueDate: at % 3 ? "2026-11-28" : "2026-12-05",
          assigneeId: at % 9 ? "usr-1" : "usr-2",
          done: false,
          // Some of one time, and some of none.
          ...(at % 4 && { createdAt: `2026-11-0${(at % 8) + 1}T08:00:00.000Z` }),
        }));
        const users = ["usr-1", "usr-2"].map((id) => ({ id, name: id }));
        const accounts = [{ id: "acc-1", name: "A", plan: "Free", status: "active" }];
        const file = makeFile({ users, accounts, activities: [], tasks }, later);
        const { get, call, base } = await startApi({ file }, later);
        const api = createApi({ tabId: "test", baseUrl: base });
        const id = toDueTasksQuery(whose, "2026-12-05");
        const signal = new AbortController().signal;
        const read = async () => {
          const { queryFn } = dueTasksQuery({ api, isLive: () => true }, id);
          const queryKey = ["due tasks", id];
          return (await (queryFn as (of: object) => Promise<Held>)({ signal, queryKey })) as Held;
        };
        let held = await read();
        for (const each of steps) {
          if (each.do === "change") await call("PATCH", `/tasks/tsk-${each.id}`, each.fields);
          else if (each.do === "create") {
            const needed = { accountId: "acc-1", title: "New", done: false };
            await call("POST", "/tasks", { ...needed, ...each.fields, id: `tsk-${200 + each.id}` });
          } else await call("DELETE", `/tasks/tsk-${each.id}`);
          const { json } = await get(`/changes?since=${held.asOf.epoch}.${held.asOf.rev}`);
          for (const change of json.changes as Change[]) {
            const effect = dueTasksQuery.effect(change, held, ["due tasks", id]);
            if (effect === "stale") held = await read();
            else {
              if (typeof effect === "object") patches += 1;
              const next = typeof effect === "object" ? (effect.patched as Held) : held;
              held = { ...next, asOf: { ...held.asOf, rev: change.rev } };
            }
            if (effect === "stale") break;
          }
          const { asOf: _, ...shown } = held;
          const { asOf: __, ...fresh } = await read();
          expect(shown).toEqual(fresh);
        }
        for (const undo of cleanUps) await undo();
      },
    ),
    { numRuns: 15 },
  );
  // Not in vain. How many they are is by chance.
  expect(patches).toBeGreaterThan(3);
}, 120_000);

interface Held {
  rows: Task[];
  more: boolean;
  asOf: { epoch: string; rev: number };
}

test("a pin and an account leave the tasks that are due alone, and a change without its row has them read", () => {
  const data = { rows: [], more: false, asOf: { epoch: "e", rev: 3 } };
  const change = { rev: 9, id: "t", op: "create", version: 9, parents: {} } as const;
  const effectOf = (resource: string) =>
    dueTasksQuery.effect({ ...change, resource }, data, [
      "due tasks",
      toDueTasksQuery(null, "2026-12-05"),
    ]);
  expect(effectOf("tasks")).toBe("stale");
  expect(effectOf("activities")).toBe("none");
  expect(effectOf("accounts")).toBe("none");
});

test("an older change of a task brings back no task that was moved or done meanwhile", () => {
  const row = { id: "t", accountId: "a", title: "T", dueDate: "2026-12-01", done: false };
  const data = { rows: [{ ...row, version: 9 }], more: false, asOf: { epoch: "e", rev: 3 } };
  const older = { rev: 5, resource: "tasks", id: "t", op: "update", version: 5 } as const;
  const change = { ...older, parents: {}, row: { ...row, done: true, version: 5 } };
  const key = ["due tasks", toDueTasksQuery(null, "2026-12-05")];
  expect(dueTasksQuery.effect(change, data, key)).toBe("known");
  const newer = { ...change, rev: 10, version: 10 };
  expect(dueTasksQuery.effect(newer, data, key)).toEqual({ patched: { ...data, rows: [] } });
});
