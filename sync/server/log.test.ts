import { expect, test, vi } from "vitest";
import type { Change } from "../wire/change.ts";
import { createLog, type LogOptions } from "./log.ts";
import type { LogStore } from "./log-store.ts";
import { memoryStore } from "./memory-store.ts";

const open = (more: Partial<LogOptions<undefined>> = {}) =>
  createLog({ store: memoryStore(), ...more });
const note = (id: string) => ({ resource: "notes", id, op: "update" as const });

test("writes that run at once get revisions without a gap, in the order in which they are told of", async () => {
  const log = await open();
  const before = log.revision();
  const told: number[] = [];
  log.subscribe({ changed: (changes) => told.push(...changes.map(({ rev }) => rev)) });
  const writes = Array.from({ length: 30 }, (_, n) =>
    log.write(async ({ change }) => {
      change(note(`${n}`));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
      if (n % 3 === 0) change(note(`${n}`));
      if (n % 7 === 0) throw new Error("refused");
      return n;
    }),
  );
  const done = (await Promise.allSettled(writes)).filter(({ status }) => status === "fulfilled");
  expect(done).toHaveLength(25);
  const expected = Array.from({ length: log.revision().rev - before.rev }, (_, n) => n + 1);
  expect(told.map((rev) => rev - before.rev)).toEqual(expected);
  expect(log.since(before.rev)?.map(({ rev }) => rev)).toEqual(told);
});

test("a write that throws logs nothing, and applies nothing", async () => {
  const log = await open();
  const { rev } = log.revision();
  const apply = vi.fn();
  const refused = log.write(({ change, onCommit }) => {
    change(note("1"));
    onCommit(apply);
    throw new Error("refused");
  });
  await expect(refused).rejects.toThrow("refused");
  expect(log.revision().rev).toBe(rev);
  expect(apply).not.toHaveBeenCalled();
});

test("rows are applied when the change is stored, and before anybody is told of it", async () => {
  const steps: string[] = [];
  const memory = memoryStore();
  const store: LogStore = {
    ...memory,
    async write(since, run) {
      await memory.write(since, run);
      steps.push("stored");
    },
  };
  const log = await open({ store });
  log.subscribe({ changed: () => steps.push("told") });
  await log.write(({ change, onCommit }) => {
    change(note("1"));
    onCommit(() => steps.push("applied"));
  });
  expect(steps).toEqual(["stored", "applied", "told"]);
});

test("what the store does not take is not told, and the next write gets its revision", async () => {
  const memory = memoryStore();
  let fails = true;
  const store: LogStore = {
    ...memory,
    async write(since, run) {
      await run({ tx: undefined, missed: [], findAnswer: async () => undefined });
      if (fails) throw new Error("the disk is full");
      await memory.write(since, async () => null);
    },
  };
  const log = await open({ store });
  const { rev } = log.revision();
  const write = () => log.write(({ change }) => change(note("1")).rev);
  await expect(write()).rejects.toThrow("the disk is full");
  expect(log.since(rev)).toEqual([]);
  fails = false;
  expect((await write()).value).toBe(rev + 1);
});

test("what other processes wrote is told before an own write, and gets no second revision", async () => {
  const memory = memoryStore();
  const others: Change[] = [];
  const store: LogStore = {
    ...memory,
    write: (since, run) =>
      memory.write(since, (turn) =>
        run({ ...turn, missed: others.filter(({ rev }) => rev > since.rev) }),
      ),
  };
  const log = await open({ store });
  const told: string[] = [];
  log.subscribe({ changed: (changes) => told.push(...changes.map(({ id }) => id)) });
  const rev = log.revision().rev + 1;
  others.push({ ...note("theirs"), rev, version: rev, parents: {} });
  const { revision } = await log.write(({ change }) => void change(note("ours")));
  expect([revision.rev, told]).toEqual([rev + 1, ["theirs", "ours"]]);
});

test("where the log is another one by now, it is opened anew and the write is run on that", async () => {
  const memory = memoryStore();
  let isOther = false;
  const store: LogStore = {
    ...memory,
    open: async () => ({ epoch: isOther ? "b" : "a", head: isOther ? 70 : 50, changes: [] }),
    write: (since, run) =>
      memory.write(since, (turn) =>
        run({ ...turn, missed: isOther && since.epoch === "a" ? null : [] }),
      ),
  };
  const log = await open({ store });
  const restarted = vi.fn();
  log.subscribe({ restarted });
  isOther = true;
  const { revision } = await log.write(({ change }) => void change(note("1")));
  expect(revision).toEqual({ epoch: "b", rev: 71 });
  expect(restarted).toHaveBeenCalledOnce();
});

test("a store that does not answer is said to be in trouble, until it answers", async () => {
  vi.useFakeTimers();
  let fails = true;
  const store: LogStore = {
    ...memoryStore(),
    async follow() {
      if (fails) throw new Error("no connection");
      return [];
    },
  };
  const onError = vi.fn();
  const log = await open({ store, onError });
  const told: unknown[] = [];
  log.subscribe({ trouble: (trouble) => told.push(trouble) });
  await vi.advanceTimersByTimeAsync(5_000);
  expect(log.trouble()).toBe("The server's log does not answer.");
  fails = false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect([log.trouble(), told.length, told[1]]).toEqual([null, 2, null]);
  expect(onError).toHaveBeenCalledOnce();
  await log.close();
  vi.useRealTimers();
});

test("a row that is too large to travel is left out of its change, and so is that of a deletion", async () => {
  const log = await open();
  const { rev } = log.revision();
  await log.write(({ change }) => {
    change({ ...note("1"), row: { text: "x".repeat(20_000) } });
    change({ ...note("2"), row: { text: "x" } });
    change({ ...note("3"), op: "delete", row: { text: "x" } });
  });
  expect(log.since(rev)?.map(({ row }) => row)).toEqual([undefined, { text: "x" }, undefined]);
});

test("a change that could not travel is refused at once", async () => {
  const log = await open();
  const { rev } = log.revision();
  for (const id of ["", "x".repeat(201)])
    await expect(log.write(({ change }) => void change(note(id)))).rejects.toThrow(RangeError);
  expect(log.revision().rev).toBe(rev);
});

test("a listener that throws mutes no other", async () => {
  const onError = vi.fn();
  const log = await open({ onError });
  const changed = vi.fn();
  log.subscribe({
    changed() {
      throw new Error("broken");
    },
  });
  log.subscribe({ changed });
  await log.write(({ change }) => void change(note("1")));
  expect(changed).toHaveBeenCalledOnce();
  expect(onError).toHaveBeenCalledWith(new Error("broken"));
});

test("of a read without a transaction, the revision is that of the rows it took at once", async () => {
  const log = await open();
  let rows = "before";
  const { rev } = log.revision();
  const reading = log.read(() => rows);
  await log.write(({ change, onCommit }) => {
    change(note("1"));
    onCommit(() => {
      rows = "after";
    });
  });
  expect(await reading).toMatchObject({ value: "before", revision: { rev } });
  expect(await log.read(() => rows)).toMatchObject({ value: "after", revision: { rev: rev + 1 } });
});

test("a new log in memory is another epoch, and starts after every revision of the one before", async () => {
  const [first, second] = [await open(), await open()];
  expect(second.revision().epoch).not.toBe(first.revision().epoch);
  expect(second.revision().rev).toBeGreaterThanOrEqual(first.revision().rev);
  expect(second.since(first.revision().rev - 1)).toBeNull();
});
