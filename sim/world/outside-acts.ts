import type { Row } from "#api/rows/document.ts";
import type { RowWrite } from "#api/writes/run-write.ts";
import type { Task } from "#contract/rows.ts";
import { outside } from "../models/outside.ts";
import { accountIds, dayAfter, dayOf, instant } from "../models/seed.ts";
import type { Acts, OutsideWrite } from "./schedule.ts";
import type { World } from "./world.ts";

const pick = (ids: readonly string[], of: number) => ids[of % Math.max(1, ids.length)];

/** What is written to the server by others than our tabs. */
export type OutsideActs = Acts<"outside" | "burst">;

export function createOutsideActs({ clock, server, count }: World): OutsideActs {
  /** Rows and texts are numbered, so that each is another. */
  let made = 0;

  function edit(writes: readonly OutsideWrite[]) {
    const fitting = writes.map(rowWriteOf).filter((write) => write !== null);
    if (fitting.length) server.edit(fitting);
  }

  /** Null where the row that it chooses does not exist. */
  function rowWriteOf(write: OutsideWrite): RowWrite | null {
    const accountId = "account" in write ? (accountIds[write.account] ?? "a") : "a";
    switch (write.op) {
      case "create":
        count(write.big ? "row too large to travel" : "row created");
        return outside.create(
          `n${++made}`,
          accountId,
          instant(write.place),
          write.big ? "long ".repeat(3500).slice(0, 9900).concat("€".repeat(90)) : undefined,
        );
      case "rename":
        return outside.change("accounts", accountId, { name: `Account ${accountId} ${++made}` });
      case "change account": {
        const id = pick(accountsNow(), write.of);
        count("account changed");
        return id === undefined ? null : outside.change("accounts", id, fieldsOf(write.what));
      }
      case "create account":
        count("account created");
        return outside.createAccount(`x${++made}`, fieldsOf(write.what));
      case "delete account": {
        const id = pick(accountsNow(), write.of);
        if (id === undefined || activitiesOf(id).length > 0) return null;
        count("account deleted");
        return outside.remove("accounts", id);
      }
      case "rename user":
        return outside.change("users", "u", { name: `Uma ${++made}` });
      case "create task":
        count("task from outside");
        return outside.createTask(`o${++made}`, accountId, dayOf(write.day));
      case "change task":
      case "delete task":
        return taskWriteOf(write);
      default:
        return activityWriteOf(write, accountId);
    }
  }

  function taskWriteOf(
    write: Extract<OutsideWrite, { op: "change task" | "delete task" }>,
  ): RowWrite | null {
    const tasks: readonly Task[] = JSON.parse(server.read("/tasks").text);
    const task = tasks[write.row];
    if (!task) return null;
    const { id, done, accountId } = task;
    if (write.op === "delete task") return outside.remove("tasks", id);
    if (write.day === 4) return outside.change("tasks", id, { done: !done });
    if (write.day === 5)
      return outside.change("tasks", id, { accountId: accountId === "a" ? "b" : "a" });
    return outside.change("tasks", id, { dueDate: dayOf(write.day) });
  }

  function activityWriteOf(
    write: Extract<OutsideWrite, { op: "pin" | "retitle" | "redate" | "give away" | "delete" }>,
    accountId: string,
  ): RowWrite | null {
    const row = activitiesOf(accountId)[write.row];
    if (!row) return null;
    switch (write.op) {
      case "pin":
        return outside.change("activities", row.id, { pinned: !row.pinned });
      case "retitle":
        return outside.change("activities", row.id, { title: `Note ${++made}` });
      case "redate":
        count("row moved in time");
        return outside.change("activities", row.id, { at: instant(write.place) });
      case "give away":
        count("row moved to another account");
        return outside.change("activities", row.id, { accountId: accountId === "a" ? "b" : "a" });
      case "delete":
        count("row deleted");
        return outside.remove("activities", row.id);
    }
  }

  function accountsNow(): readonly string[] {
    const rows: readonly { id: string }[] = JSON.parse(server.read("/accounts").text);
    return rows.map(({ id }) => id);
  }

  /** What moves a row in each order, and through each filter. What users write as well has each value once. */
  function fieldsOf(what: number): Row {
    const all: readonly Row[] = [
      { mrr: what + ++made / 1024 },
      { status: what % 2 ? "active" : "trial" },
      { renewalDate: dayAfter(-++made) },
      { name: `Account ${"abcdefgh"[what % 8]} ${++made}` },
      { plan: `Plan ${what}`, name: `Text ${++made}` },
    ];
    return all[what % all.length] ?? {};
  }

  function activitiesOf(accountId: string): readonly { id: string; pinned: boolean }[] {
    return JSON.parse(server.read(`/activities?accountId=${accountId}`).text);
  }

  return {
    outside({ writes }) {
      count("write from outside");
      edit(writes);
    },
    burst({ count: times, every, write }) {
      count("burst");
      for (let at = 0; at < times; at++) clock.after(at * every, null, () => edit([write]));
    },
  };
}
