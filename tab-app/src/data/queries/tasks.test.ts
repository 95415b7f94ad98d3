import fc from "fast-check";
import { expect, test } from "vitest";
import type { Task } from "#contract/rows.ts";
import type { Change } from "#sync";
import { effects, persistedKinds } from "./queries.ts";
import { compareTasks } from "./tasks.ts";

const asOf = { epoch: "e", rev: 3 };
const ids = ["t1", "t2", "t3", "t4"];

const task = fc.record({
  id: fc.constantFrom(...ids),
  accountId: fc.constantFrom("a", "b"),
  title: fc.constantFrom("One", "Two"),
  dueDate: fc.constantFrom(null, undefined, "2026-11-30", "2026-12-01"),
  done: fc.boolean(),
  createdAt: fc.constantFrom(undefined, "2026-11-01T08:00:00.000Z", "2026-11-02T08:00:00.000Z"),
});
const step = fc.oneof(
  task,
  fc.record({ id: fc.constantFrom(...ids), isDeleted: fc.constant(true) }),
);

/** As the server writes it: a row that moves to another account is deleted at one and created at the other. */
function changesOf(before: Task | undefined, after: Task | undefined, rev: number): Change[] {
  const of = (op: Change["op"], row: Task): Change => ({
    rev,
    resource: "tasks",
    id: row.id,
    op,
    version: rev,
    parents: { accountId: row.accountId },
    ...(op !== "delete" && { row }),
  });
  if (!after) return before ? [of("delete", before)] : [];
  if (!before) return [of("create", after)];
  if (before.accountId === after.accountId) return [of("update", after)];
  return [{ ...of("delete", before) }, of("create", after)];
}

test("whatever is written, the changes lead to what a fresh read has, and nothing is read", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const server = new Map<string, Task>();
      let data = { rows: [] as Task[], asOf };
      for (const [index, next] of steps.entries()) {
        const rev = 10 + index;
        const before = server.get(next.id);
        const after = "isDeleted" in next ? undefined : ({ ...next, version: rev } as Task);
        if (after) server.set(after.id, after);
        else server.delete(next.id);
        for (const change of changesOf(before, after, rev)) {
          const effect = effects.tasks?.effect(change, data, ["tasks", "a"]);
          expect(effect).not.toBe("stale");
          if (typeof effect === "object") data = effect.patched as typeof data;
        }
        const fresh = [...server.values()].filter(({ accountId }) => accountId === "a");
        expect(data.rows).toEqual(fresh.sort(compareTasks));
      }
    }),
  );
});

test("a change without its row has the tasks read again, and a pin does not touch them", () => {
  const data = { rows: [], asOf };
  const change = {
    rev: 9,
    id: "t",
    op: "create",
    version: 9,
    parents: { accountId: "a" },
  } as const;
  const effectOf = (resource: string) =>
    effects.tasks?.effect({ ...change, resource }, data, ["tasks", "a"]);
  expect(effectOf("tasks")).toBe("stale");
  expect(effectOf("activities")).toBe("none");
});

test("a task touches no feed, no account and no list of accounts", () => {
  const place = { resource: "tasks", id: "t", parents: { accountId: "a" } };
  const change: Change = { ...place, rev: 9, op: "create", version: 9 };
  const data = { rows: [], pages: [], asOf };
  for (const kind of ["activity", "filtered activity", "account", "account list"])
    expect(effects[kind]?.effect(change, data, [kind, "a"])).toBe("none");
});

test("the tasks survive a reload", () => {
  const data = { rows: [{ id: "t", accountId: "a", title: "x", done: false, version: 1 }], asOf };
  expect(persistedKinds.get("tasks")?.schema.parse(data)).toEqual(data);
});
