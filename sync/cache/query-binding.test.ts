import { notifyManager, QueryClient, QueryObserver } from "@tanstack/query-core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Effects, Snapshot } from "../core/effects.ts";
import { createLedger } from "../core/ledger.ts";
import { createTrace } from "../core/trace.ts";
import { createTimers } from "../platform/timers.ts";
import { createVisibility } from "../platform/visibility.ts";
import type { Change } from "../wire/change.ts";
import { createQueryBinding, type QueryBindingOptions } from "./query-binding.ts";

/**
 * A row (`["row", id]`) that changes carry and so can be patched, and a sum (`["sum"]`) over all rows
 * that only the server knows.
 */
interface Held extends Snapshot {
  readonly value: number;
}

const effects: Effects = {
  sum: { effect: () => "stale" },
  row: {
    effect(change: Change, data: Held, [, id]: readonly string[]) {
      if (change.id !== id) return "none";
      if (!change.row) return "stale";
      const value = Number(change.row.value);
      return data.value === value ? "known" : { patched: { ...data, value } };
    },
  },
};

function createWorld(share?: QueryBindingOptions["share"]) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const ledger = createLedger();
  const visibility = createVisibility();
  const trace = createTrace();
  const binding = createQueryBinding({
    queryClient,
    ledger,
    visibility,
    effects,
    trace,
    timers: createTimers(),
    ...(share && { share }),
  });
  const server = { rev: 10, rows: { a: 1, b: 2 } as Record<string, number>, fails: false };
  const requests: string[] = [];
  /** Answers held back, in order of the requests. */
  let held: (() => void)[] | null = null;

  const options = (key: readonly [string, string?]) => ({
    queryKey: key,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async (): Promise<Held> => {
      requests.push(key.join("/"));
      if (server.fails) throw new Error("down");
      const rows = Object.values(server.rows);
      const value = key[0] === "sum" ? rows.reduce((a, b) => a + b) : server.rows[key[1] ?? ""];
      const answer = { value: value ?? 0, asOf: { epoch: "e", rev: server.rev } };
      if (held) await new Promise<void>((resolve) => held?.push(resolve));
      return answer;
    },
  });
  const undo: (() => void)[] = [];

  return {
    queryClient,
    visibility,
    trace,
    requests,
    server,
    binding,
    observe(...key: [string, string?]) {
      // As react-query's own hook observes: what a component uses, once a batch has settled.
      const observer = new QueryObserver(queryClient, {
        ...options(key),
        notifyOnChangeProps: ["data", "error", "status"],
      });
      const values: (number | undefined)[] = [];
      const render = () => void values.push(observer.getCurrentResult().data?.value);
      const stop = observer.subscribe(notifyManager.batchCalls(render));
      undo.push(stop);
      return { observer, values, stop };
    },
    value: (...key: [string, string?]) => queryClient.getQueryData<Held>(key)?.value,
    /** The server accepts a write; `receive` brings it here. */
    write(id: string, value: number): Change {
      server.rows[id] = value;
      const rev = ++server.rev;
      return {
        rev,
        resource: "rows",
        id,
        op: "update",
        version: rev,
        parents: {},
        row: { value },
      };
    },
    receive(...changes: Change[]) {
      binding.apply(ledger.take("e", changes), "channel");
    },
    hold() {
      held = [];
      return () => {
        const waiting = held ?? [];
        held = null;
        for (const release of waiting) release();
      };
    },
    close() {
      for (const each of undo) each();
      binding.close();
      queryClient.clear();
    },
  };
}

let world: ReturnType<typeof createWorld>;
beforeEach(() => {
  vi.useFakeTimers();
  world = createWorld();
});
afterEach(() => {
  world.close();
  vi.useRealTimers();
});

const quiet = () => vi.advanceTimersByTimeAsync(2000);

describe("a change that arrives", () => {
  test("patches the row that it carries in view, without a request", async () => {
    world.observe("row", "a");
    await quiet();
    world.receive(world.write("a", 7));
    await quiet();
    expect(world.value("row", "a")).toBe(7);
    expect(world.requests).toEqual(["row/a"]);
  });

  test("is read in view as soon as ever, though the clock was set back", async () => {
    world.observe("sum");
    await quiet();
    vi.setSystemTime(Date.now() - 86_400_000);
    const before = world.requests.length;
    world.receive(world.write("a", 7));
    await quiet();
    expect(world.requests.length).toBe(before + 1);
  });

  test("late, as the answer to a write of a time that is forgotten, undoes nothing that came after it", async () => {
    const { values } = world.observe("row", "a");
    await quiet();
    const lost = world.write("a", 5);
    world.receive(lost, world.write("a", 7));
    for (let at = 0; at < 2100; at++) world.receive(world.write("b", at));
    await quiet();
    world.binding.apply([lost], "own");
    await quiet();
    expect(world.value("row", "a")).toBe(7);
    expect(values).not.toContain(5);
  });

  test("leaves every other query alone: no request, no mark, no render", async () => {
    const other = world.observe("row", "b");
    world.observe("row", "a");
    await quiet();
    const renders = other.values.length;
    world.receive(world.write("a", 7));
    await quiet();
    expect(other.values).toHaveLength(renders);
    expect(world.queryClient.getQueryState(["row", "b"])?.isInvalidated).toBe(false);
  });

  test("has a query read again that only the server can bring up to date", async () => {
    world.observe("sum");
    await quiet();
    world.receive(world.write("a", 7));
    await quiet();
    expect(world.value("sum")).toBe(9);
    expect(world.requests).toEqual(["sum", "sum"]);
  });

  test("costs nothing out of view, and one read when the query is in view again", async () => {
    const sum = world.observe("sum");
    await quiet();
    sum.stop();
    for (let value = 0; value < 50; value++) world.receive(world.write("a", value));
    await quiet();
    expect(world.requests).toEqual(["sum"]);
    world.observe("sum");
    await quiet();
    expect(world.requests).toEqual(["sum", "sum"]);
    expect(world.value("sum")).toBe(51);
  });

  test("has no effect when a later one of the same row is known as well", async () => {
    world.observe("row", "a");
    await quiet();
    const { row: _, ...tooLargeToTravel } = world.write("a", 7);
    world.receive(tooLargeToTravel, world.write("a", 8));
    await quiet();
    expect(world.value("row", "a")).toBe(8);
    expect(world.requests).toEqual(["row/a"]);
  });

  test("acts in the order of revisions, where its row went from one parent to another and back", async () => {
    world.observe("row", "a");
    await quiet();
    const moves = (["here", "there", "here"] as const).map((accountId, at) => ({
      ...world.write("a", 7 + at),
      parents: { accountId },
    }));
    world.receive(...moves);
    await quiet();
    expect(world.value("row", "a")).toBe(9);
  });

  test("of more than is remembered undoes nothing that was known before", async () => {
    const row = world.observe("row", "a");
    await quiet();
    const missed = Array.from({ length: 2001 }, (_, at) => world.write("a", 10 + at));
    world.receive(world.write("a", 7));
    world.receive(...missed);
    await quiet();
    expect(new Set(row.values.slice(row.values.indexOf(7)))).toEqual(new Set([7]));
  });

  test("late does not undo what came after it", async () => {
    const row = world.observe("row", "a");
    await quiet();
    const late = world.write("a", 7);
    world.receive(world.write("a", 8));
    world.receive(late);
    await quiet();
    expect(row.values).not.toContain(7);
    expect(world.value("row", "a")).toBe(8);
  });

  test("causes neither request nor render in a tab out of view", async () => {
    const sum = world.observe("sum");
    const row = world.observe("row", "a");
    await quiet();
    const renders = sum.values.length + row.values.length;
    world.visibility.report("shell", false);
    for (let value = 0; value < 50; value++) world.receive(world.write("a", value));
    await quiet();
    expect(world.requests).toHaveLength(2);
    expect(sum.values.length + row.values.length).toBe(renders);
  });

  test("that an answer reflects already is not read for again", async () => {
    world.observe("sum");
    await quiet();
    const change = world.write("a", 7);
    await world.queryClient.refetchQueries({ queryKey: ["sum"] });
    world.receive(change);
    await quiet();
    expect(world.requests).toEqual(["sum", "sum"]);
  });
});

describe("a response that set out before a change", () => {
  test("does not clear the mark that the change made: the query is read once more", async () => {
    world.observe("sum");
    await quiet();
    const release = world.hold();
    void world.queryClient.refetchQueries({ queryKey: ["sum"] });
    await vi.advanceTimersByTimeAsync(1);
    world.receive(world.write("a", 7));
    release();
    await quiet();
    expect(world.value("sum")).toBe(9);
    expect(world.requests).toEqual(["sum", "sum", "sum"]);
  });

  test("is swallowed neither when it is the first load", async () => {
    const release = world.hold();
    world.observe("sum");
    await vi.advanceTimersByTimeAsync(1);
    // The ledger must know a log before the change: another query was read as of the same revision.
    world.receive(world.write("a", 7));
    release();
    await quiet();
    expect(world.value("sum")).toBe(9);
  });

  test("does not take a patched row back to what it was", async () => {
    const row = world.observe("row", "a");
    await quiet();
    const release = world.hold();
    void world.queryClient.refetchQueries({ queryKey: ["row", "a"] });
    await vi.advanceTimersByTimeAsync(1);
    world.receive(world.write("a", 7));
    release();
    await quiet();
    expect(world.value("row", "a")).toBe(7);
    expect(row.values.slice(row.values.indexOf(7))).not.toContain(1);
  });

  test("is not cancelled, and the mark outlives a cancel that reverts", async () => {
    const sum = world.observe("sum");
    await quiet();
    const release = world.hold();
    void world.queryClient.refetchQueries({ queryKey: ["sum"] });
    await vi.advanceTimersByTimeAsync(1);
    world.receive(world.write("a", 7));
    await world.queryClient.cancelQueries({ queryKey: ["sum"] });
    release();
    await quiet();
    expect(world.queryClient.getQueryState(["sum"])?.isInvalidated).toBe(false);
    expect(sum.observer.getCurrentResult().data?.value).toBe(9);
  });
});

describe("a read that fails", () => {
  test("is made again, at long intervals, until the query is as the server has it", async () => {
    world.observe("sum");
    await quiet();
    world.server.fails = true;
    world.receive(world.write("a", 7));
    await quiet();
    const tries = world.requests.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(world.requests.length).toBeGreaterThan(tries);
    expect(world.requests.length).toBeLessThan(15);
    world.server.fails = false;
    await vi.advanceTimersByTimeAsync(31_000);
    expect(world.value("sum")).toBe(9);
  });
});

test("what changes after a failure is read at once, and not when that would have been tried again", async () => {
  world.observe("sum");
  await quiet();
  world.server.fails = true;
  world.receive(world.write("a", 2));
  await quiet();
  world.server.fails = false;
  await world.queryClient.refetchQueries({ queryKey: ["sum"] });
  await quiet();
  world.receive(world.write("a", 3));
  await vi.advanceTimersByTimeAsync(200);
  expect(world.value("sum")).toBe(5);
});

describe("a burst", () => {
  test("of 1,000 changes in a second costs a handful of reads and ends at the truth", async () => {
    world.observe("sum");
    const row = world.observe("row", "a");
    await quiet();
    for (let value = 1; value <= 1000; value++) {
      world.receive(world.write("a", value));
      await vi.advanceTimersByTimeAsync(1);
    }
    await quiet();
    expect(world.requests.filter((request) => request === "sum").length).toBeLessThanOrEqual(10);
    expect(world.value("sum")).toBe(1002);
    expect(world.value("row", "a")).toBe(1000);
    expect(new Set(row.values).size).toBeGreaterThan(100);
  });
});

test("a burst costs no more where reads have to wait for a lock, and go one after the other", async () => {
  world.close();
  let last: Promise<unknown> = Promise.resolve();
  world = createWorld((query, read) => {
    const mine = last
      .then(() => new Promise((resolve) => setTimeout(resolve, 10)))
      .then(() => (query.state.isInvalidated ? read() : undefined))
      .then(() => {});
    last = mine;
    return mine;
  });
  world.observe("sum");
  await quiet();
  last = new Promise((resolve) => setTimeout(resolve, 950));
  for (let value = 1; value <= 50; value++) {
    world.receive(world.write("a", value));
    await vi.advanceTimersByTimeAsync(20);
  }
  await quiet();
  // The first load, one for all that waited, and one for what came meanwhile.
  expect(world.requests.length).toBeLessThanOrEqual(3);
  expect(world.value("sum")).toBe(52);
});

describe("the trace", () => {
  test("says of each change what it touched and what was decided", async () => {
    world.observe("sum");
    world.observe("row", "a");
    await quiet();
    world.receive(world.write("a", 7));
    expect(world.trace.entries.at(-1)).toMatchObject({
      type: "change",
      path: "channel",
      change: { rev: 11, id: "a" },
      touched: [
        { query: '["sum"]', decision: "read now" },
        { query: '["row","a"]', decision: "patched" },
      ],
    });
  });
});
