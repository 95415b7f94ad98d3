import { onlineManager } from "@tanstack/react-query";
import fc from "fast-check";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { startApi } from "#api/testing/start-api.ts";
import { type Activity, accountDetailsSchema } from "#contract/rows.ts";
import { createApi } from "#data/server/api.ts";
import { createMemoryStore } from "#data/storage/memory-store.ts";
import { openTabStorage } from "#data/storage/tab-storage.ts";
import { type Change, createTrace } from "#sync";
import { createOutbox } from "./create-outbox.ts";
import { fieldsOfAccount, fieldsOfNote } from "./fields.ts";
import { isPending } from "./outbox.ts";
import { type FeedRow, layOnFeed, layOnRow } from "./overlay.ts";
import { createQueue } from "./queue.ts";
import { createUndoStack, type Deed } from "./undo-stack.ts";
import { createSendWrite, type NewWrite, type Write, type WriteOf } from "./writes.ts";

afterEach(() => onlineManager.setOnline(true));

type Server = Awaited<ReturnType<typeof startApi>>;
type Rows = Map<string, Activity>;

const tabId = "Tab-A_00000000";

/** A tab on a real API: its outbox, its undo stack, and the rows of acc-1 as it shows them. */
async function openTab(server: Server) {
  const store = createMemoryStore();
  await store.enter("one");
  const storage = await openTabStorage({ store, sessionId: "one", tab: "Tab A" });
  const queue = createQueue(storage);
  const sent: string[] = [];
  const api = createApi({
    tabId,
    baseUrl: server.base,
    fetch(input, init) {
      if (init?.method) sent.push(init.method);
      return fetch(input, init);
    },
  });
  const rows: Rows = new Map();
  const account = accountDetailsSchema.parse((await server.get("/accounts/acc-1")).json);
  const truth = { account };
  for (const row of (await server.get("/activities?accountId=acc-1")).rows)
    rows.set(String(row.id), row as unknown as Activity);
  const publish = (_: unknown, changes: readonly Change[]) => {
    for (const { resource, id, row } of changes) {
      if (resource === "accounts") truth.account = { ...account, ...row };
      else if (row) rows.set(id, row as unknown as Activity);
      else rows.delete(id);
    }
  };
  const trace = createTrace();
  const outbox = createOutbox({ queue, send: createSendWrite(api), publish, trace });
  const undoStack = createUndoStack({ outbox, tabId });
  const deeds: Deed[] = [];
  undoStack.subscribe((deed) => void deeds.push(deed));
  onTestFinished(() => {
    undoStack.close();
    outbox.close();
    queue.close();
    storage.close();
  });
  let created = 0;
  const tab = {
    outbox,
    undoStack,
    deeds,
    sent,
    get shown(): readonly FeedRow[] {
      return layOnFeed([...rows.values()], outbox.entries, "acc-1");
    },
    get account() {
      return layOnRow("accounts", truth.account, outbox.entries);
    },
    send: (write: NewWrite) => void outbox.send(write).catch(() => {}),
    pin({ id, accountId, title, pinned }: FeedRow) {
      tab.send({ type: "pin", id, accountId, title, pinned: !pinned });
    },
    add(title: string) {
      const id = `act-n${++created}`;
      const row = { id, accountId: "acc-1", kind: "note", title, pinned: false };
      const at = new Date().toISOString();
      tab.send({ type: "create note", id, accountId: "acc-1", row: { ...row, at } });
    },
    edit(row: FeedRow, changes: { title?: string; body?: string }) {
      const base = { version: row.version, fields: fieldsOfNote(row) };
      tab.send({ type: "edit note", id: row.id, accountId: "acc-1", base, changes });
    },
    remove({ version, unconfirmed, ...row }: FeedRow) {
      const { id, accountId, title } = row;
      const isDated = version > 0 || unconfirmed === null;
      const shown = isDated ? { ...row, version } : row;
      tab.send({ type: "delete note", id, accountId, title, row: shown });
    },
    editAccount(changes: { name?: string; notes?: string }) {
      const base = { version: tab.account.version, fields: fieldsOfAccount(tab.account) };
      tab.send({ type: "edit account", id: "acc-1", base, changes });
    },
    idle: () => until(outbox.subscribe, () => !outbox.entries.some(isPending)),
  };
  return tab;
}

function until(subscribe: (listener: () => void) => () => void, isTrue: () => boolean) {
  return new Promise<void>((resolve) => {
    const check = () => {
      if (!isTrue()) return;
      undo();
      resolve();
    };
    const undo = subscribe(check);
    check();
  });
}

/** All that is on the server, without versions and their order. */
async function stateOf(server: Server) {
  const { json } = await server.get("/db");
  // No text and an empty one are the same to people.
  const plain = (row: Record<string, unknown>) => ({ body: "", ...row, version: undefined });
  const { accounts = [], activities = [] } = json as Record<string, Record<string, unknown>[]>;
  return {
    accounts: accounts.map((row): Record<string, unknown> => plain(row)),
    activities: new Map(activities.map((row) => [row.id, plain(row)])),
  };
}

test("a pin, a note, its edit, its deletion and an edit of the account are taken back in order, and done again", async () => {
  const server = await startApi();
  const tab = await openTab(server);
  const states = [await stateOf(server)];
  const acts = [
    () => tab.pin(tab.shown[0] as FeedRow),
    () => tab.add("New"),
    () => tab.edit(tab.shown.find(({ title }) => title === "New") as FeedRow, { title: "Newer" }),
    () => tab.remove(tab.shown.at(-1) as FeedRow),
    () => tab.editAccount({ name: "Northgate & Sons", notes: "Ask for Bo" }),
  ];
  for (const act of acts) {
    act();
    await tab.idle();
    states.push(await stateOf(server));
  }
  for (const state of states.slice(0, -1).toReversed()) {
    expect(tab.undoStack.undo()).toBe(true);
    await tab.idle();
    expect(await stateOf(server)).toEqual(state);
  }
  expect(tab.undoStack.undo()).toBe(false);
  for (const state of states.slice(1)) {
    expect(tab.undoStack.redo()).toBe(true);
    await tab.idle();
    const now = await stateOf(server);
    expect(now.accounts).toEqual(state.accounts);
    expect([...now.activities.keys()].sort()).toEqual([...state.activities.keys()].sort());
  }
  expect(tab.undoStack.redo()).toBe(false);
});

test("a deleted note comes back with its id, its date, its pin and what others wrote before it went", async () => {
  const server = await startApi();
  const tab = await openTab(server);
  const note = tab.shown.find(({ id }) => id === "act-01") as FeedRow;
  await server.call("PATCH", "/activities/act-01", { body: "They will sign." });
  tab.remove(note);
  await tab.idle();
  tab.undoStack.undo();
  await tab.idle();
  expect((await server.get("/activities/act-01")).json).toMatchObject({
    at: note.at,
    authorId: "usr-1",
    pinned: true,
    body: "They will sign.",
  });
});

test("what has not been sent is withdrawn without a request, and can be done again", async () => {
  const server = await startApi();
  const tab = await openTab(server);
  const [before] = [await stateOf(server)];
  onlineManager.setOnline(false);
  tab.pin(tab.shown[0] as FeedRow);
  tab.add("Offline");
  tab.undoStack.undo();
  tab.undoStack.undo();
  await until(tab.outbox.subscribe, () => tab.outbox.entries.length === 0);
  tab.undoStack.redo();
  tab.undoStack.undo();
  await until(tab.outbox.subscribe, () => tab.outbox.entries.length === 0);
  onlineManager.setOnline(true);
  expect(tab.sent).toEqual([]);
  expect(await stateOf(server)).toEqual(before);
  tab.undoStack.redo();
  await tab.idle();
  expect((await server.get("/activities/act-11")).json.pinned).toBe(true);
});

test("an undo waits for the answer of what it takes back, and is shown at once", async () => {
  const server = await startApi();
  const tab = await openTab(server);
  const before = await stateOf(server);
  const [row] = tab.shown as [FeedRow];
  tab.edit(row, { title: "Typed in haste" });
  expect(tab.undoStack.undo()).toBe(true);
  expect(tab.shown[0]?.title).toBe(row.title);
  tab.add("New");
  expect(tab.undoStack.undo()).toBe(true);
  expect(tab.shown.some(({ title }) => title === "New")).toBe(false);
  await tab.idle();
  expect(await stateOf(server)).toEqual(before);
});

test("what was sent without an answer may have arrived: it is taken back by a write after it", async () => {
  const server = await startApi();
  const tab = await openTab(server);
  const [row] = tab.shown as [FeedRow];
  await server.call("PATCH", "/faults", { loseNextAnswers: 1 });
  tab.pin(row);
  await until(tab.outbox.subscribe, () => tab.outbox.entries[0]?.error !== null);
  expect(tab.undoStack.undo()).toBe(true);
  expect(tab.shown[0]?.pinned).toBe(false);
  await tab.idle();
  expect((await server.get(`/activities/${row.id}`)).json.pinned).toBe(false);
});

test("what was changed since is not gone over: the user is asked", async () => {
  const server = await startApi();
  const tab = await openTab(server);
  const [row] = tab.shown as [FeedRow];
  tab.edit(row, { title: "Mine" });
  tab.add("New");
  tab.editAccount({ name: "Mine", notes: "Mine" });
  await tab.idle();
  await server.call("PATCH", `/activities/${row.id}`, { title: "Theirs" });
  await server.call("PATCH", "/activities/act-n1", { body: "Theirs" });
  await server.call("PATCH", "/accounts/acc-1", { name: "Theirs", plan: "Free" });
  while (tab.undoStack.undo());
  await tab.idle();
  expect(tab.outbox.entries.map(({ write, state }) => `${write.type}: ${state}`)).toEqual([
    "edit account: conflict",
    "delete note: conflict",
    "edit note: conflict",
  ]);
  expect((await server.get(`/activities/${row.id}`)).json.title).toBe("Theirs");
  expect((await server.get("/activities/act-n1")).json.body).toBe("Theirs");
  expect((await server.get("/accounts/acc-1")).json.name).toBe("Theirs");

  const { write } = tab.outbox.entries[1] as { write: Write };
  const { key, seen: _, ...anyway } = write as WriteOf<"delete note">;
  tab.outbox.retry(key, anyway);
  await tab.idle();
  expect((await server.get("/activities/act-n1")).status).toBe(404);
});

test("a note of one's own is deleted by an undo whatever this tab did to it and took back, and without a version", async () => {
  const server = await startApi();
  const tab = await openTab(server);
  tab.add("New");
  await tab.idle();
  const find = () => tab.shown.find(({ title }) => title === "New") as FeedRow;
  tab.pin(find());
  await tab.idle();
  tab.pin(find());
  await tab.idle();
  expect(tab.undoStack.undo(tab.deeds[0]?.writes[0]?.key)).toBe(true);
  await tab.idle();
  expect((await server.get("/activities/act-n1")).status).toBe(404);
  expect(tab.outbox.entries).toEqual([]);
});

test("what changed nothing, and what was refused, is passed over", async () => {
  const server = await startApi();
  const tab = await openTab(server);
  const [first, second] = tab.shown as [FeedRow, FeedRow];
  await server.call("PATCH", `/activities/${first.id}`, { pinned: true });
  tab.pin(second);
  await tab.idle();
  tab.pin(first);
  await tab.idle();
  await server.call("PATCH", "/faults", { failNextWrites: 1 });
  tab.edit(first, { title: "Refused" });
  await tab.idle();
  expect(tab.undoStack.undo()).toBe(true);
  await tab.idle();
  expect((await server.get(`/activities/${first.id}`)).json.pinned).toBe(true);
  expect((await server.get(`/activities/${second.id}`)).json.pinned).toBe(false);
});

const act = fc.record({
  do: fc.constantFrom("pin", "add", "title", "body", "remove", "account", "wait", "wait"),
  row: fc.nat(11),
});

/** Each text is another, so that whose it is can be told. */
async function play(tab: Awaited<ReturnType<typeof openTab>>, { do: what, row: at }: Act) {
  const row = tab.shown[at % Math.max(1, tab.shown.length)];
  const text = `mine ${tab.deeds.length}`;
  if (what === "wait") await tab.idle();
  else if (what === "add") tab.add(text);
  else if (what === "account") tab.editAccount(at % 2 ? { name: text } : { notes: text });
  else if (row && what === "pin") tab.pin(row);
  else if (row && what === "title") tab.edit(row, { title: text });
  else if (row && what === "body") tab.edit(row, { body: text });
  else if (row) tab.remove(row);
}
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

test("whatever one tab did, taken back step by step it leads to where it began", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 14 }), async (acts) => {
      const server = await startApi();
      const tab = await openTab(server);
      const before = await stateOf(server);
      for (const each of acts) await play(tab, each);
      while (tab.undoStack.undo()) if (acts.length % 2) await tab.idle();
      await tab.idle();
      expect(tab.outbox.entries).toEqual([]);
      expect(await stateOf(server)).toEqual(before);
      await server.stop();
    }),
    { numRuns: 12 },
  );
}, 60_000);

test("whatever others did meanwhile, an undo replaces nothing of theirs", async () => {
  const theirs = fc.record({
    do: fc.constantFrom("title", "body", "account", "remove"),
    row: fc.nat(11),
  });
  const step = fc.oneof(
    fc.record({ by: fc.constant("me"), act }),
    fc.record({ by: fc.constant("them"), act: theirs }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const server = await startApi();
      const tab = await openTab(server);
      for (const [number, { by, act }] of steps.entries()) {
        if (by === "me") await play(tab, act as Act);
        else {
          await tab.idle();
          const all = (await server.get("/activities?accountId=acc-1")).rows;
          const path = `/activities/${all[act.row % Math.max(1, all.length)]?.id}`;
          const text = `theirs ${number}`;
          if (act.do === "account") await server.call("PATCH", "/accounts/acc-1", { name: text });
          else if (act.do === "remove") await server.call("DELETE", path);
          else await server.call("PATCH", path, { [act.do]: text });
        }
      }
      await tab.idle();
      // What this tab has gone over knowingly, before any undo, is not theirs any more.
      const { activities, accounts } = await stateOf(server);
      for (const { write } of tab.outbox.entries) tab.outbox.cancel(write.key);
      while (tab.undoStack.undo()) await tab.idle();
      const after = await stateOf(server);
      for (const [id, row] of activities)
        for (const field of ["title", "body"] as const)
          if (String((row as never)[field]).startsWith("theirs"))
            expect(after.activities.get(id)).toMatchObject({ [field]: (row as never)[field] });
      const name = String(accounts[0]?.name);
      if (name.startsWith("theirs")) expect(after.accounts[0]).toMatchObject({ name });
      await server.stop();
    }),
    { numRuns: 12 },
  );
}, 60_000);
