// @vitest-environment happy-dom
import {
  focusManager,
  InfiniteQueryObserver,
  QueryClient,
  QueryObserver,
} from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { effects } from "#data/queries/queries.ts";
import {
  connectFocusManager,
  createEmitter,
  createSync,
  createVisibility,
  type LocalChange,
  type Revision,
} from "#sync";

const row = {
  id: "act-1",
  accountId: "acc-1",
  kind: "note",
  title: "Note",
  at: "2026-01-01T00:00:00.000Z",
  pinned: false,
  version: 0,
};
const pin: LocalChange = {
  resource: "activities",
  id: "act-1",
  op: "update",
  parents: { accountId: "acc-1" },
  row: { ...row, pinned: true },
};
const message = (...changes: unknown[]) => ({ test: 1, from: "b", type: "unlogged", changes });

/** Tabs on the account's feed and details, whose server answers what `server` says. */
function createWorld() {
  const server: { pinned: boolean; asOf: Revision | null } = { pinned: false, asOf: null };
  const wire = createEmitter<{ from: object; value: unknown }>();
  const posted: unknown[] = [];
  const visibility = createVisibility();
  connectFocusManager(visibility, focusManager);

  function createTab() {
    const queryClient = new QueryClient();
    queryClient.mount();
    const self = {};
    const channel = {
      available: true,
      post(value: unknown) {
        posted.push(value);
        wire.emit({ from: self, value: structuredClone(value) });
      },
      subscribe: (listener: (value: unknown) => void) =>
        wire.subscribe(({ from, value }) => from !== self && listener(value)),
      close() {},
    };
    const sync = createSync({ name: "test", queryClient, effects, channel, visibility });
    const reads: string[] = [];
    const stops = [
      new InfiniteQueryObserver(queryClient, {
        queryKey: ["activity", "acc-1"],
        initialPageParam: null,
        getNextPageParam: () => null,
        queryFn: async () => {
          reads.push("activity");
          const { pinned, asOf } = server;
          await Promise.resolve();
          return { rows: [{ ...row, pinned }], more: false, asOf };
        },
      }).subscribe(() => {}),
      new QueryObserver(queryClient, {
        queryKey: ["account", "acc-1"],
        queryFn: async () => {
          reads.push("account");
          return { row: { id: "acc-1", version: 0 }, asOf: server.asOf };
        },
      }).subscribe(() => {}),
    ];
    const isPinned = () =>
      queryClient.getQueryData<{ pages: { rows: (typeof row)[] }[] }>(["activity", "acc-1"])
        ?.pages[0]?.rows[0]?.pinned;
    const stop = () => {
      for (const each of stops) each();
      sync.close();
      queryClient.unmount();
    };
    return { sync, queryClient, reads, isPinned, stop, channel };
  }
  return { server, posted, visibility, createTab };
}

const quiet = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
};

test("a write is shown in all tabs at once, and only what it cannot be laid into is read", async () => {
  const world = createWorld();
  const [a, b] = [world.createTab(), world.createTab()];
  await quiet();
  for (const tab of [a, b]) tab.reads.length = 0;
  world.server.pinned = true;
  a.sync.publish(null, [pin]);
  expect([a.isPinned(), b.isPinned()]).toEqual([true, true]);
  await quiet();
  expect([a.reads, b.reads]).toEqual([["account"], ["account"]]);
  expect(world.posted).toHaveLength(1);
  a.stop();
  b.stop();
});

test("a read that left before the write does not undo it", async () => {
  const world = createWorld();
  const a = world.createTab();
  await quiet();
  void a.queryClient.refetchQueries({ queryKey: ["activity"] });
  world.server.pinned = true;
  a.sync.publish(null, [pin]);
  await quiet();
  expect(a.isPinned()).toBe(true);
  a.stop();
});

test("out of view a write is only marked", async () => {
  const world = createWorld();
  const b = world.createTab();
  await quiet();
  b.reads.length = 0;
  world.visibility.report("page", false);
  world.createTab().channel.post(message(pin));
  await quiet();
  expect(b.isPinned()).toBe(false);
  expect(b.queryClient.getQueryState(["activity", "acc-1"])?.isInvalidated).toBe(true);
  expect(b.reads).toEqual([]);
  world.server.pinned = true;
  world.visibility.report("page", true);
  await quiet();
  expect(b.isPinned()).toBe(true);
  b.stop();
});

test("data of a server that keeps a log is left to the log, and junk is dropped", async () => {
  const world = createWorld();
  world.server.asOf = { epoch: "e", rev: 1 };
  const b = world.createTab();
  await quiet();
  b.reads.length = 0;
  for (const junk of [
    message(pin),
    message(null),
    message(),
    null,
    5,
    message({ ...pin, op: "pin" }),
    { unlogged: { ...pin, rev: 0, version: 0 } },
  ])
    world.createTab().channel.post(junk);
  await quiet();
  expect(b.isPinned()).toBe(false);
  expect(b.reads).toEqual([]);
  b.stop();
});

test("when the server begins to keep a log, what was read before is read anew", async () => {
  const world = createWorld();
  const a = world.createTab();
  await quiet();
  a.reads.length = 0;
  world.server.asOf = { epoch: "e", rev: 1 };
  await a.queryClient.refetchQueries({ queryKey: ["activity"] });
  await vi.waitFor(() => expect(a.reads).toEqual(["activity", "account"]));
  a.stop();
});
