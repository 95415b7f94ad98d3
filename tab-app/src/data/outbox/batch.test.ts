import { onlineManager } from "@tanstack/react-query";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { startApi } from "#api/testing/start-api.ts";
import { taskSchema } from "#contract/rows.ts";
import { createApi } from "#data/server/api.ts";
import { createMemoryStore } from "#data/storage/memory-store.ts";
import { openTabStorage } from "#data/storage/tab-storage.ts";
import { type Change, createTrace } from "#sync";
import { createOutbox } from "./create-outbox.ts";
import { fieldsOfTask } from "./fields.ts";
import { createQueue } from "./queue.ts";
import { createUndoStack } from "./undo-stack.ts";
import { createSendBatch, createSendWrite, type NewWrite } from "./writes.ts";

afterEach(() => onlineManager.setOnline(true));

type Server = Awaited<ReturnType<typeof startApi>>;
const tabId = "Tab-A_00000000";

async function openTab(server: Server, store = createMemoryStore(), takesBatches = true) {
  await store.enter("one");
  const storage = await openTabStorage({ store, sessionId: "one", tab: "Tab A" });
  const queue = createQueue(storage);
  /** Method and path of each write that left. */
  const sent: string[] = [];
  const lost = { answers: 0 };
  const gate = { open: Promise.resolve() };
  const api = createApi({
    tabId,
    baseUrl: server.base,
    async fetch(input, init) {
      const path = String(input).slice(server.base.length);
      if (init?.method) sent.push(`${init.method} ${path}`);
      if (init?.method) await gate.open;
      if (path === "/batch" && !takesBatches) return new Response("{}", { status: 404 });
      const response = await fetch(input, init);
      if (init?.method && lost.answers-- > 0) throw new TypeError("connection reset");
      return response;
    },
  });
  /** What each `publish` was given: as many messages to the other tabs. */
  const published: (readonly Change[])[] = [];
  const outbox = createOutbox({
    queue,
    send: createSendWrite(api),
    sendBatch: createSendBatch(api),
    publish: (_, changes) => void published.push(changes),
    trace: createTrace(),
  });
  const undoStack = createUndoStack({ outbox, tabId });
  const close = () => {
    undoStack.close();
    outbox.close();
    queue.close();
    storage.close();
  };
  onTestFinished(close);
  await outbox.load();
  /** Once nothing waits any more. */
  const idle = async () => {
    await expect.poll(() => queue.pending).toBe(0);
  };
  return { outbox, undoStack, sent, lost, gate, published, storage, store, idle, close };
}

const pin = (id: string, pinned = true): NewWrite => ({
  ...{ type: "pin", id, accountId: "acc-1", title: id, pinned },
});
const pinsOf = async (server: Server, ids: readonly string[]) =>
  Promise.all(ids.map(async (id) => (await server.get(`/activities/${id}`)).json.pinned));
const states = ({ outbox }: Awaited<ReturnType<typeof openTab>>) =>
  outbox.entries.map(({ write, state }) => `${write.id} ${state}`);

const ids = ["act-02", "act-03", "act-04"];

test("several pins are one request and one message; one that is refused stays, and one undo takes all others back", async () => {
  const server = await startApi();
  const tab = await openTab(server);
  void tab.outbox.sendAll([...ids, "act-99"].map((id) => pin(id)));
  expect(states(tab)).toEqual([...ids, "act-99"].map((id) => `${id} sending`));
  await tab.idle();
  expect(tab.sent).toEqual(["POST /batch"]);
  expect(tab.published.map((changes) => changes.map(({ id, row }) => [id, row?.pinned]))).toEqual([
    ids.map((id) => [id, true]),
  ]);
  expect(states(tab)).toEqual(["act-99 failed"]);
  expect(tab.undoStack.undo()).toBe(true);
  await tab.idle();
  expect(tab.sent).toEqual(["POST /batch", "POST /batch"]);
  expect(await pinsOf(server, ids)).toEqual([false, false, false]);
  expect(states(tab)).toEqual(["act-99 failed"]);
  expect(tab.undoStack.redo()).toBe(true);
  await tab.idle();
  expect(await pinsOf(server, ids)).toEqual([true, true, true]);
  expect(tab.undoStack.undo()).toBe(true);
  expect(tab.undoStack.undo()).toBe(false);
  await tab.idle();
});

test("a batch whose answer was lost is done once, whatever others did since", async () => {
  const server = await startApi();
  const tab = await openTab(server);
  tab.lost.answers = 1;
  void tab.outbox.sendAll(ids.map((id) => pin(id)));
  await expect
    .poll(() => tab.outbox.entries.map(({ error }) => error?.name))
    .toContain("UnreachableError");
  await server.call("PATCH", "/activities/act-03", { pinned: false });
  await tab.idle();
  expect(tab.sent).toEqual(["POST /batch", "POST /batch"]);
  expect(await pinsOf(server, ids)).toEqual([true, false, true]);
});

test("a row that is taken out while its batch is on its way stays until that ends", async () => {
  const server = await startApi();
  const tab = await openTab(server);
  tab.lost.answers = 1;
  void tab.outbox.sendAll(ids.map((id) => pin(id)));
  await expect.poll(() => tab.outbox.entries.every(({ error }) => error)).toBe(true);
  let release = () => {};
  tab.gate.open = new Promise((resolve) => {
    release = resolve;
  });
  await expect.poll(() => tab.sent.length).toBe(2);
  tab.outbox.cancel(tab.outbox.entries[0]?.write.key ?? "");
  expect(states(tab)).toEqual(ids.map((id) => `${id} waiting`));
  release();
  await tab.idle();
  expect(tab.outbox.entries).toEqual([]);
  expect(await pinsOf(server, ids)).toEqual([true, true, true]);
});

test("a batch waits for the network and for earlier writes of its rows, survives a reload, and can lose a row", async () => {
  const server = await startApi();
  const before = await openTab(server);
  onlineManager.setOnline(false);
  void before.outbox.send(pin("act-03", false));
  void before.outbox.sendAll(ids.map((id) => pin(id)));
  await before.storage.flush();
  before.close();
  const tab = await openTab(server, before.store);
  expect(states(tab)).toEqual(["act-03", ...ids].map((id) => `${id} waiting`));
  const last = tab.outbox.entries.at(-1);
  tab.outbox.cancel(last?.write.key ?? "");
  expect(states(tab)).toEqual(["act-03", "act-02", "act-03"].map((id) => `${id} waiting`));
  onlineManager.setOnline(true);
  await tab.idle();
  expect(tab.sent).toEqual(["PATCH /activities/act-03", "POST /batch"]);
  expect(await pinsOf(server, ids)).toEqual([true, true, false]);
});

test("what has not left is withdrawn as a whole, without a request", async () => {
  const server = await startApi();
  const tab = await openTab(server);
  onlineManager.setOnline(false);
  const outcomes = tab.outbox.sendAll(ids.map((id) => pin(id)));
  expect(tab.undoStack.undo()).toBe(true);
  expect((await outcomes).map(({ status }) => status)).toEqual(ids.map(() => "rejected"));
  expect(tab.outbox.entries).toEqual([]);
  onlineManager.setOnline(true);
  expect(tab.sent).toEqual([]);
  expect(tab.undoStack.redo()).toBe(true);
  await tab.idle();
  expect(tab.sent).toEqual(["POST /batch"]);
});

test("edits in a batch are merged with later versions row by row, and one that overlaps is a conflict", async () => {
  const server = await startApi();
  const tab = await openTab(server);
  const make = async (title: string) => {
    const task = { accountId: "acc-1", title };
    return taskSchema.parse((await server.call("POST", "/tasks", task)).json);
  };
  const tasks = [await make("As it was"), await make("Renamed"), await make("Done by others")];
  const assign = tasks.map((task): NewWrite => {
    const { id, accountId, version } = task;
    const base = { version, fields: fieldsOfTask(task) };
    return { type: "edit task", id, accountId, base, changes: { assigneeId: "usr-1" } };
  });
  await server.call("PATCH", `/tasks/${tasks[1]?.id}`, { title: "By others" });
  await server.call("PATCH", `/tasks/${tasks[2]?.id}`, { assigneeId: "usr-2" });
  await tab.outbox.sendAll(assign);
  // Of the second request there is one write only.
  expect(tab.sent).toEqual(["POST /batch", `PATCH /tasks/${tasks[1]?.id}`]);
  expect(tab.published).toHaveLength(1);
  expect(states(tab)).toEqual([`${tasks[2]?.id} conflict`]);
  const now = (await server.get("/tasks")).rows;
  expect(now.map(({ assigneeId }) => assigneeId)).toEqual(["usr-1", "usr-1", "usr-2"]);
  expect(now[1]?.title).toBe("By others");
});

test("deletions in a batch are taken back by a batch, and rows that are gone already are done", async () => {
  const server = await startApi();
  const tab = await openTab(server);
  await server.call("DELETE", "/activities/act-04");
  const remove = (id: string): NewWrite => ({
    ...{ type: "delete note", id, accountId: "acc-1", title: id },
  });
  await tab.outbox.sendAll(ids.map(remove));
  expect(tab.outbox.entries).toEqual([]);
  const before = (await server.get("/activities")).rows.length;
  tab.undoStack.undo();
  await tab.idle();
  expect((await server.get("/activities")).rows).toHaveLength(before + 2);
  expect(tab.sent).toEqual(["POST /batch", "POST /batch"]);
});

test("where the server takes no batches each write is a request of its own", async () => {
  const server = await startApi();
  const tab = await openTab(server, undefined, false);
  await tab.outbox.sendAll(ids.map((id) => pin(id)));
  expect(tab.sent).toEqual(["POST /batch", ...ids.map((id) => `PATCH /activities/${id}`)]);
  expect(await pinsOf(server, ids)).toEqual([true, true, true]);
});
