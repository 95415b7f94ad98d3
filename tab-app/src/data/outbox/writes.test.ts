import { expect, test, vi } from "vitest";
import { startApi } from "#api/testing/start-api.ts";
import type { Activity, Task } from "#contract/rows.ts";
import { createApi } from "#data/server/api.ts";
import { ApiError, UnreachableError } from "#data/server/api-error.ts";
import { ConflictError } from "./conflict-error.ts";
import { fieldsOfTask } from "./fields.ts";
import { noFields } from "./testing/account-fields.ts";
import { createSendWrite, kindOf, type Write, type WriteOf, writeSchema } from "./writes.ts";

/** The tab's door to a real API, which can lose an answer. */
async function connect() {
  const server = await startApi();
  let losesNext = false;
  const api = createApi({
    tabId: "Tab-A_00000000",
    baseUrl: server.base,
    async fetch(input, init) {
      const response = await fetch(input, init);
      if (losesNext) {
        losesNext = false;
        throw new TypeError("connection reset");
      }
      return response;
    },
  });
  const sendWrite = createSendWrite(api);
  const send = (write: Write, isWanted = () => true) => sendWrite(write, isWanted);
  const loseAnswer = () => {
    losesNext = true;
  };
  return { server, send, loseAnswer };
}

const fields = {
  ...noFields,
  name: "Northgate",
  ownerId: "usr-1",
  plan: "Growth",
  status: "active",
  notes: "",
};

async function edit(
  server: Awaited<ReturnType<typeof connect>>["server"],
  changes: WriteOf<"edit account">["changes"],
): Promise<WriteOf<"edit account">> {
  const version = (await server.get("/accounts/acc-1")).json.version as number;
  return { type: "edit account", key: "k1", id: "acc-1", base: { version, fields }, changes };
}

const note: WriteOf<"create note"> = {
  type: "create note",
  key: "k2",
  id: "act-x1",
  accountId: "acc-1",
  row: {
    id: "act-x1",
    accountId: "acc-1",
    kind: "note",
    title: "Called back",
    at: "2026-11-20T09:00:00.000Z",
    pinned: false,
    authorId: "usr-2",
  },
};

test("an edit sends what was changed and nothing else", async () => {
  const { server, send } = await connect();
  const write = await edit(server, { name: "Northgate & Sons", ownerId: "" });
  await server.call("PATCH", "/accounts/acc-1", { notes: "by somebody else" });
  const confirmed = await send(write);
  expect(confirmed?.row).toMatchObject({
    name: "Northgate & Sons",
    ownerId: null,
    notes: "by somebody else",
  });
  expect(confirmed?.changes).toMatchObject([{ op: "update", resource: "accounts", id: "acc-1" }]);
});

test("a number, a day and a text that are emptied are fields that the account does not have", async () => {
  const { server, send } = await connect();
  const full = { mrr: "1250.5", renewalDate: "2027-01-31", city: "Graz", industry: "", since: "" };
  await send(await edit(server, full));
  const filled = (await server.get("/accounts/acc-1")).json;
  expect(filled).toMatchObject({ mrr: 1250.5, renewalDate: "2027-01-31", city: "Graz" });
  const now = { ...fields, mrr: "1250.5", renewalDate: "2027-01-31", city: "Graz" };
  const emptied = await edit(server, { mrr: "", renewalDate: "", city: "" });
  const { base } = emptied;
  await send({ ...emptied, base: { ...base, fields: now } });
  const row = (await server.get("/accounts/acc-1")).json;
  for (const name of Object.keys(noFields)) expect(row).not.toHaveProperty(name);
});

test("an edit that an earlier version of the app stored, with fewer fields, is sent and taken back", async () => {
  const { server, send } = await connect();
  await server.call("PATCH", "/accounts/acc-1", { mrr: 40 });
  const { mrr, renewalDate, industry, city, since, ...known } = fields;
  const write = await edit(server, { notes: "Stored before" });
  const stored = writeSchema.parse({ ...write, base: { ...write.base, fields: known } });
  const confirmed = await send(stored);
  expect(confirmed?.row).toMatchObject({ notes: "Stored before", mrr: 40 });
  const inverse = kindOf(stored).inverse?.(stored, confirmed?.row as never);
  await send({ ...inverse, key: "k9" } as typeof write);
  expect((await server.get("/accounts/acc-1")).json).toMatchObject({ notes: "", mrr: 40 });
});

test("an account is made once, kept while something belongs to it, and deleted by an undo only as it was left", async () => {
  const { server, send, loseAnswer } = await connect();
  const row = { id: "acc-x", name: "New", plan: "Free", status: "trial", notes: "" };
  const make = { type: "create account", key: "k1", id: "acc-x", row } as const;
  loseAnswer();
  await expect(send(make)).rejects.toThrow(UnreachableError);
  const made = await send(make);
  expect(made?.row).toMatchObject({ ...row, activityCount: 0 });
  const undo = { ...kindOf(make).inverse?.(make, made?.row as never), key: "k2" } as Write;

  await server.call("PATCH", "/accounts/acc-x", { mrr: 5 });
  await expect(send(undo)).rejects.toThrow(ConflictError);
  await server.call("PATCH", "/accounts/acc-x", { mrr: null });
  const call = { accountId: "acc-x", kind: "call", title: "Call" };
  const { id } = (await server.call("POST", "/activities", call)).json;
  await expect(send(undo)).rejects.toThrow(/1 activities still belong to it/);
  await server.call("DELETE", `/activities/${id}`);
  const gone = await send(undo);
  expect((await server.get("/accounts/acc-x")).status).toBe(404);
  const redo = { ...kindOf(undo).inverse?.(undo, gone?.row as never), key: "k3" } as Write;
  await send(redo);
  expect((await server.get("/accounts/acc-x")).json).toMatchObject(row);
  expect(await send({ ...redo, key: "k4" })).toBeNull();
});

test.each([
  ["note", { kind: "note", title: "Moved" }, "/activities"],
  ["task", { title: "Moved", done: false }, "/tasks"],
] as const)(
  "a %s that others moved before it was deleted is restored where it was",
  async (what, row, path) => {
    const { server, send } = await connect();
    const other = { name: "Other", plan: "Free", status: "trial", notes: "" };
    const to = (await server.call("POST", "/accounts", other)).json;
    const { id } = (await server.call("POST", path, { ...row, accountId: "acc-1" })).json;
    await server.call("PATCH", `${path}/${id}`, { accountId: to.id });
    const gone = {
      type: `delete ${what}`,
      key: "k1",
      id,
      accountId: "acc-1",
      title: "Moved",
    } as Write;
    const deleted = await send(gone);
    const back = kindOf(gone).inverse?.(gone, deleted?.row as never);
    expect(back).toMatchObject({ type: `create ${what}`, accountId: to.id });
    await send({ ...back, key: "k2" } as Write);
    expect((await server.get(`${path}/${id}`)).json.accountId).toBe(to.id);
  },
);

test("two edits of different fields made at once both land, and nobody is asked", async () => {
  const { server, send } = await connect();
  const [mine, theirs] = [
    await edit(server, { plan: "Free" }),
    await edit(server, { notes: "Hi" }),
  ];
  await Promise.all([send(mine), send(theirs)]);
  expect((await server.get("/accounts/acc-1")).json).toMatchObject({ plan: "Free", notes: "Hi" });
});

test("two edits of the same field: the second is a conflict that holds both values", async () => {
  const { server, send } = await connect();
  const [mine, theirs] = [
    await edit(server, { name: "Mine", plan: "Free" }),
    await edit(server, { name: "Theirs" }),
  ];
  await send(theirs);
  const error = await send(mine).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConflictError);
  expect((error as ConflictError).conflicts).toEqual([
    { field: "name", base: "Northgate", theirs: "Theirs", mine: "Mine" },
  ]);
  const now = (await server.get("/accounts/acc-1")).json;
  expect((error as ConflictError).theirs).toMatchObject({
    version: now.version,
    fields: { name: "Theirs" },
  });
  expect(now).toMatchObject({ name: "Theirs", plan: "Growth" });
});

test("an edit of what has no version yet goes over nothing that it has not seen", async () => {
  const { server, send } = await connect();
  const write = await edit(server, { name: "Mine" });
  const unknown = { ...write, base: { ...write.base, version: 0 } };
  await server.call("PATCH", "/accounts/acc-1", { name: "Theirs" });
  await expect(send(unknown)).rejects.toThrow(ConflictError);
  await server.call("PATCH", "/accounts/acc-1", { name: "Northgate" });
  expect((await send(unknown))?.row).toMatchObject({ name: "Mine" });
});

test("an edit that is taken back while the server refuses its version is not sent on top", async () => {
  const { server, send } = await connect();
  const write = await edit(server, { name: "Mine" });
  await server.call("PATCH", "/accounts/acc-1", { notes: "by somebody else" });
  let asked = 0;
  await expect(send(write, () => asked++ === 0)).rejects.toThrow("Taken back");
  expect((await server.get("/accounts/acc-1")).json).toMatchObject({ name: "Northgate" });
});

test("the same value from both sides is no conflict", async () => {
  const { server, send } = await connect();
  const write = await edit(server, { name: "Same" });
  await server.call("PATCH", "/accounts/acc-1", { name: "Same" });
  expect((await send(write))?.row).toMatchObject({ name: "Same" });
});

test("an edit whose answer was lost may be sent again: it finds its own work and makes no change", async () => {
  const { server, send, loseAnswer } = await connect();
  const write = await edit(server, { name: "Once" });
  loseAnswer();
  await expect(send(write)).rejects.toThrow(UnreachableError);
  const { version } = (await server.get("/accounts/acc-1")).json;
  expect((await send(write))?.row).toMatchObject({ name: "Once", version });
});

test.each([
  ["three days slow", -3 * 86_400_000],
  ["right", 0],
  ["a year fast", 365 * 86_400_000],
])("a new note is dated by the server: the clock here is %s", async (_, error) => {
  const { server, send, loseAnswer } = await connect();
  const hour = 3_600_000;
  // An hour of waiting for the network, by the clock here; the server runs in this process, by the right one.
  const at = new Date(Date.now() + error - hour).toISOString();
  const attempt = () => {
    const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() + error);
    const sent = send({ ...note, row: { ...note.row, at } });
    clock.mockRestore();
    return sent;
  };
  loseAnswer();
  await expect(attempt()).rejects.toThrow(UnreachableError);
  const confirmed = await attempt();
  const row = confirmed?.row as Activity;
  expect(Math.abs(Date.parse(row.at) - (Date.now() - hour))).toBeLessThan(60_000);
  expect((await server.get("/activities/act-x1")).json.at).toBe(row.at);
});

test("a clock that was set back after a note was written dates it now", async () => {
  const { send } = await connect();
  const at = new Date(Date.now() + 86_400_000).toISOString();
  const confirmed = await send({ ...note, row: { ...note.row, at } });
  const row = confirmed?.row as Activity;
  expect(Math.abs(Date.parse(row.at) - Date.now())).toBeLessThan(60_000);
});

test("a note that was deleted comes back at its own time", async () => {
  const { send } = await connect();
  const confirmed = await send({ ...note, isRestored: true });
  expect(confirmed?.row).toMatchObject({ at: note.row.at });
});

test("what a person dated is of that time, and refused where that is still to come", async () => {
  const { send } = await connect();
  const kind = "call";
  const confirmed = await send({ ...note, row: { ...note.row, kind }, isDated: true });
  expect(confirmed?.row).toMatchObject({ kind, at: note.row.at });
  const at = new Date(Date.now() + 86_400_000).toISOString();
  const later = { ...note, key: "k9", id: "act-x9", row: { ...note.row, id: "act-x9", at } };
  await expect(send({ ...later, isDated: true })).rejects.toMatchObject({
    problem: { field: "/at" },
  });
});

test("a note whose answer was lost is written once", async () => {
  const { server, send, loseAnswer } = await connect();
  loseAnswer();
  await expect(send(note)).rejects.toThrow(UnreachableError);
  const confirmed = await send(note);
  expect(confirmed?.changes).toMatchObject([{ op: "create", id: "act-x1", row: confirmed?.row }]);
  const { rows } = await server.get("/activities?accountId=acc-1");
  expect(rows.filter(({ title }) => title === "Called back")).toHaveLength(1);
});

test("a note is edited over a pin that came between, and conflicts only with its own fields", async () => {
  const { server, send } = await connect();
  const created = await send(note);
  const version = created?.changes[0]?.version ?? 0;
  await server.call("PATCH", "/activities/act-x1", { pinned: true });
  const base = { version, fields: { title: "Called back", body: "" } };
  const write = { type: "edit note", key: "k3", id: "act-x1", accountId: "acc-1", base } as const;
  const confirmed = await send({ ...write, changes: { body: "At noon" } });
  expect(confirmed?.row).toMatchObject({ title: "Called back", body: "At noon", pinned: true });
  await expect(send({ ...write, changes: { body: "At one" } })).rejects.toThrow(ConflictError);
});

test("a delete tells of its change; what is gone already is no error", async () => {
  const { server, send } = await connect();
  await send(note);
  const remove = {
    type: "delete note",
    key: "k4",
    id: "act-x1",
    accountId: "acc-1",
    title: "Called back",
  } as const;
  const confirmed = await send(remove);
  expect(confirmed?.changes).toMatchObject([{ op: "delete", parents: { accountId: "acc-1" } }]);
  const { head } = (await server.get("/status")).json;
  expect(confirmed?.changes[0]?.rev).toBe(head);
  expect(confirmed?.changes[0]).not.toHaveProperty("row");
  expect(await send(remove)).toMatchObject({ changes: confirmed?.changes });
  expect(await send({ ...remove, key: "k5" })).toBeNull();
});

test("a pin that is sent again, after its answer was lost, undoes nothing that was pressed since", async () => {
  const { server, send, loseAnswer } = await connect();
  const write = { id: "act-02", accountId: "acc-1", title: "Note 2", pinned: true } as const;
  loseAnswer();
  await expect(send({ ...write, type: "pin", key: "k1" })).rejects.toThrow(UnreachableError);
  await server.call("PATCH", "/activities/act-02", { pinned: false });
  const confirmed = await send({ ...write, type: "pin", key: "k1" });
  expect((await server.get("/activities/act-02")).json.pinned).toBe(false);
  // As it was then: the later change is known to be later.
  expect(confirmed?.row).toMatchObject({ pinned: true });
});

test("a write to a row that was moved meanwhile tells where it stands now", async () => {
  const { server, send } = await connect();
  await server.call("PATCH", "/activities/act-01", { accountId: "acc-2" });
  const row = { id: "act-01", accountId: "acc-1", title: "Note 1" };
  const pinned = await send({ type: "pin", key: "k1", ...row, pinned: false });
  expect(pinned?.changes.map(({ parents }) => parents)).toEqual([{ accountId: "acc-2" }]);
  const deleted = await send({ type: "delete note", key: "k2", ...row });
  expect(deleted?.changes.map(({ parents }) => parents)).toEqual([{ accountId: "acc-2" }]);
});

test("a pin that is set already, or whose answer was lost, brings the row all the same", async () => {
  const { server, send, loseAnswer } = await connect();
  const write = { id: "act-02", accountId: "acc-1", title: "Note 2", pinned: true } as const;
  loseAnswer();
  await expect(send({ ...write, type: "pin", key: "k1" })).rejects.toThrow(UnreachableError);
  await server.call("PATCH", "/activities/act-01", { pinned: false });
  const confirmed = await send({ ...write, type: "pin", key: "k1" });
  const { json } = await server.get("/activities/act-02");
  expect(confirmed?.changes).toMatchObject([
    {
      op: "update",
      rev: json.version,
      origin: "Tab-A_00000000",
      row: { id: "act-02", pinned: true },
    },
  ]);
});

test("what the server refuses names the field", async () => {
  const { server, send } = await connect();
  const error = await send(await edit(server, { ownerId: "nobody" })).catch((reason) => reason);
  expect(error).toBeInstanceOf(ApiError);
  expect(error.problem).toMatchObject({ status: 422, field: "/ownerId" });
});

const newTask: WriteOf<"create task"> = {
  ...{ type: "create task", key: "k1", id: "tsk-x1", accountId: "acc-1" },
  row: {
    ...{ id: "tsk-x1", accountId: "acc-1", title: "Call back", dueDate: "2026-12-01" },
    ...{ done: false, createdAt: "2031-01-01T00:00:00.000Z" },
  },
};

test("a task is created once, and dated by the server", async () => {
  const { server, send, loseAnswer } = await connect();
  loseAnswer();
  await expect(send(newTask)).rejects.toThrow(UnreachableError);
  const made = (await send(newTask))?.row as Task;
  expect(Math.abs(Date.parse(made.createdAt ?? "") - Date.now())).toBeLessThan(60_000);
  expect((await server.get("/tasks")).rows).toHaveLength(1);
});

test("a task that was deleted comes back with its times", async () => {
  const { server, send } = await connect();
  const times = { createdAt: "2026-10-01T08:00:00.000Z", doneAt: "2026-10-02T08:00:00.000Z" };
  await send({ ...newTask, isRestored: true, row: { ...newTask.row, ...times, done: true } });
  expect((await server.get("/tasks/tsk-x1")).json).toMatchObject(times);
});

test("two people complete a task, one of whom renames it; of two names the user decides", async () => {
  const { server, send } = await connect();
  const created = (await send(newTask))?.row as Task;
  const base = { version: created.version, fields: fieldsOfTask(created) };
  await server.call("PATCH", "/tasks/tsk-x1", { done: true, title: "Theirs" });
  const edit = { type: "edit task", id: "tsk-x1", accountId: "acc-1", base } as const;
  const confirmed = await send({ ...edit, key: "k2", changes: { done: "true", dueDate: "" } });
  expect(confirmed?.row).toMatchObject({ title: "Theirs", done: true, dueDate: null });
  const rename = send({ ...edit, key: "k3", changes: { title: "Mine" } });
  await expect(rename).rejects.toMatchObject({ conflicts: [{ field: "title", theirs: "Theirs" }] });
});

test("a task that is gone already is deleted", async () => {
  const { send } = await connect();
  await send(newTask);
  const remove = { type: "delete task", id: "tsk-x1", accountId: "acc-1", title: "x" } as const;
  expect((await send({ ...remove, key: "k2" }))?.changes).toMatchObject([{ op: "delete" }]);
  expect(await send({ ...remove, key: "k3" })).toBeNull();
});
