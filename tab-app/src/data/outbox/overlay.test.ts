import { describe, expect, test } from "vitest";
import type { Account, Activity } from "#contract/rows.ts";
import type { OutboxEntry } from "./outbox.ts";
import { layOnFeed, layOnList, layOnRow, putOnTop } from "./overlay.ts";
import { noFields } from "./testing/account-fields.ts";
import type { NewWrite, Write } from "./writes.ts";

const row = (id: string, more: Partial<Activity> = {}): Activity => ({
  id,
  accountId: "acc-1",
  kind: "note",
  title: id,
  at: `2026-11-${id}T09:00:00.000Z`,
  pinned: false,
  version: 1,
  ...more,
});
const rows = [row("03"), row("02"), row("01")];

let keys = 0;
const entry = (write: NewWrite, state: OutboxEntry["state"] = "sending"): OutboxEntry => ({
  write: { ...write, key: `k${keys++}` } as Write,
  state,
  error: null,
  number: keys,
  draft: null,
  submittedAt: 0,
});
const pin = (id: string, pinned = true, accountId = "acc-1"): NewWrite => ({
  type: "pin",
  id,
  accountId,
  title: id,
  pinned,
});
const create = (id: string, more: Partial<Activity> = {}) => {
  const { version: _, ...note } = row(id, more);
  return { type: "create note", id, accountId: note.accountId, row: note } as const;
};
const restore = (id: string, at: string): NewWrite => ({
  ...create(id, { at }),
  isRestored: true,
});
const remove = (id: string): NewWrite => ({
  type: "delete note",
  id,
  accountId: "acc-1",
  title: id,
});
const ids = (entries: readonly OutboxEntry[], held = rows) =>
  layOnFeed(held, entries, "acc-1").map(({ id }) => id);

describe("a feed under pending writes", () => {
  test("without any shows server truth", () => {
    expect(layOnFeed(rows, [], "acc-1")).toEqual(rows);
  });

  test("shows the last pin of a row, and marks it", () => {
    const [, shown] = layOnFeed(rows, [entry(pin("02")), entry(pin("02", false))], "acc-1");
    expect(shown).toMatchObject({ id: "02", pinned: false, unconfirmed: "sending" });
  });

  test("keeps the identity of rows that no write concerns", () => {
    const before = layOnFeed(rows, [], "acc-1");
    const after = layOnFeed(rows, [entry(pin("02"))], "acc-1");
    expect([after[0] === before[0], after[1] === before[1], after[2] === before[2]]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test("shows new notes on top until the server has dated them, whatever the clock here says", () => {
    const notes = ["2020-01-01", "2031-01-01", "2026-11-02"].map((day, at) =>
      entry(create(`n${at}`, { at: `${day}T12:00:00.000Z` })),
    );
    expect(ids([...notes, entry(pin("n0"))])).toEqual(["n2", "n1", "n0", "03", "02", "01"]);
    expect(ids([...notes, entry(remove("n1"))])).toEqual(["n2", "n0", "03", "02", "01"]);
  });

  test("shows a note that comes back in its place", () => {
    expect(ids([entry(restore("n", "2026-11-02T12:00:00.000Z"))])).toEqual(["03", "n", "02", "01"]);
  });

  test("shows what a person dated in its place", () => {
    const call = {
      ...create("n", { kind: "call", at: "2026-11-02T12:00:00.000Z" }),
      isDated: true,
    };
    expect(ids([entry(call as NewWrite)])).toEqual(["03", "n", "02", "01"]);
  });

  test("does not show a note twice once the server has it", () => {
    const held = [row("04"), ...rows];
    expect(ids([entry(create("04"))], held)).toEqual(["04", "03", "02", "01"]);
    expect(layOnFeed(held, [entry(create("04"))], "acc-1")[0]?.unconfirmed).toBeUndefined();
  });

  test("shows what was done to a note that the server has not got yet", () => {
    const edit: NewWrite = {
      type: "edit note",
      id: "04",
      accountId: "acc-1",
      base: { version: 0, fields: { title: "04", body: "" } },
      changes: { body: "more" },
    };
    const [shown] = layOnFeed(rows, [entry(create("04")), entry(edit), entry(pin("04"))], "acc-1");
    expect(shown).toMatchObject({ id: "04", body: "more", pinned: true });
    expect(ids([entry(create("04")), entry(remove("04"))])).toEqual(["03", "02", "01"]);
  });

  test("leaves out a deleted row, and shows it again when that failed", () => {
    expect(ids([entry(remove("02"), "waiting")])).toEqual(["03", "01"]);
    expect(ids([entry(remove("02"), "failed")])).toEqual(["03", "02", "01"]);
  });

  test("takes back a write that failed, and not the one beside it", () => {
    const shown = layOnFeed(rows, [entry(pin("02"), "failed"), entry(pin("01"))], "acc-1");
    expect(shown.map(({ pinned }) => pinned)).toEqual([false, false, true]);
  });

  test("keeps a pin on a row that was moved here meanwhile", () => {
    const [, shown] = layOnFeed(rows, [entry(pin("02", true, "acc-2"))], "acc-1");
    expect(shown).toMatchObject({ id: "02", pinned: true, unconfirmed: "sending" });
  });

  test("is not concerned by notes written to another account", () => {
    expect(ids([entry(create("n", { accountId: "acc-2" }))])).toEqual(["03", "02", "01"]);
  });
});

test("an account shows its pending edits, one over the other, and those of no other", () => {
  const account: Account = {
    id: "acc-1",
    name: "N",
    plan: "p",
    status: "s",
    notes: "",
    version: 1,
  };
  const fields = { ...noFields, name: "N", ownerId: "", plan: "p", status: "s", notes: "" };
  const edit = (id: string, changes: Partial<typeof fields>) =>
    entry({ type: "edit account", id, base: { version: 1, fields }, changes });
  expect(
    layOnRow("accounts", account, [
      edit("acc-1", { name: "M", ownerId: "u1" }),
      edit("acc-1", { name: "L" }),
      edit("acc-2", { plan: "q" }),
    ]),
  ).toEqual({ ...account, name: "L", ownerId: "u1" });
  expect(layOnRow("accounts", account, [edit("acc-1", { ownerId: "" })]).ownerId).toBeNull();
  expect(layOnRow("accounts", account, [edit("acc-2", { name: "M" })])).toBe(account);
});

test("an edit on top of one that waits is checked from where that began", () => {
  const fields = { ...noFields, name: "N", ownerId: "", plan: "p", status: "s", notes: "" };
  const edit = (id: string, version: number): NewWrite => ({
    type: "edit account",
    id,
    base: { version, fields },
    changes: { name: "M" },
  });
  const top = { ...edit("acc-1", 7), key: "top" } as Write;
  const versionOver = (...entries: OutboxEntry[]) => {
    const write = putOnTop(entries, top);
    return "base" in write && write.base.version;
  };
  expect(versionOver()).toBe(7);
  expect(versionOver(entry(edit("acc-1", 3), "waiting"), entry(edit("acc-1", 5)))).toBe(3);
  expect(versionOver(entry(edit("acc-2", 3)), entry(pin("acc-1")))).toBe(7);
  expect(versionOver(entry(edit("acc-1", 3), "conflict"))).toBe(7);
});

test("a new account is shown where its list has it, a deleted one not at all, and both as they were once refused", () => {
  const account = (id: string) => ({
    ...{ id: `acc-${id}`, name: id, plan: "p", status: "s", notes: "", version: 1 },
  });
  const [a, c] = [account("a"), account("c")];
  const { version: _, ...row } = account("b");
  const made = entry({ type: "create account", id: row.id, row });
  const gone = entry({ type: "delete account", id: a.id, name: "a" });
  const names = (entries: OutboxEntry[], isWhole = true) =>
    layOnList([a, c], entries, "plan=p&_sort=name&_order=asc", isWhole).map(({ name }) => name);
  expect(names([made, gone])).toEqual(["b", "c"]);
  expect(names([{ ...made, state: "failed" }])).toEqual(["a", "c"]);
  const last = { ...row, id: "acc-z", name: "z" };
  const beyond = entry({ type: "create account", id: "acc-z", row: last });
  expect([names([beyond]), names([beyond], false)]).toEqual([
    ["a", "c", "z"],
    ["a", "c"],
  ]);
  const other = entry({ type: "create account", id: "acc-y", row: { ...row, plan: "q" } });
  expect(names([other])).toEqual(["a", "c"]);
});
