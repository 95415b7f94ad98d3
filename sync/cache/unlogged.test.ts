import { InfiniteQueryObserver, QueryClient, QueryObserver } from "@tanstack/query-core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { EffectRule } from "../core/effects.ts";
import { createTrace } from "../core/trace.ts";
import { createTimers } from "../platform/timers.ts";
import { createVisibility } from "../platform/visibility.ts";
import { createUnlogged } from "./unlogged.ts";

interface Data {
  readonly title: string;
  readonly validator: { readonly etag: string } | null;
}

const put = (data: Data, row: object | undefined) =>
  row ? { patched: { ...data, ...row } } : ("stale" as const);
const note: EffectRule = {
  effect: ({ id, row }, data: Data, [, noteId]) => (id === noteId ? put(data, row) : "none"),
};
const feed: EffectRule = {
  effect: ({ row }, data: { pages: Data[] }) => ({
    patched: { ...data, pages: data.pages.map((page) => ({ ...page, ...row })) },
  }),
};

/** One tab on a server whose data has validators, or none. */
function createWorld({ hasValidators = true } = {}) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const visibility = createVisibility();
  const timers = createTimers();
  const trace = createTrace();
  const unlogged = createUnlogged({
    queryClient,
    effects: { note, feed },
    visibility,
    trace,
    timers,
  });
  const server = { title: "old", reads: 0, held: undefined as Promise<void> | undefined };
  const read = async (): Promise<Data> => {
    server.reads++;
    const { title } = server;
    await server.held;
    return { title, validator: hasValidators ? { etag: title } : null };
  };
  const stops: (() => void)[] = [];
  return {
    server,
    trace,
    unlogged,
    visibility,
    queryClient,
    title: () => queryClient.getQueryData<Data>(["note", "1"])?.title,
    show() {
      const observer = new QueryObserver(queryClient, {
        queryKey: ["note", "1"],
        queryFn: read,
        staleTime: Number.POSITIVE_INFINITY,
      });
      const stop = observer.subscribe(() => {});
      stops.push(stop);
      return stop;
    },
    showFeed() {
      const observer = new InfiniteQueryObserver(queryClient, {
        queryKey: ["feed"],
        queryFn: read,
        initialPageParam: 0,
        getNextPageParam: () => null,
        staleTime: Number.POSITIVE_INFINITY,
      });
      stops.push(observer.subscribe(() => {}));
    },
    hold() {
      let release = () => {};
      server.held = new Promise((resolve) => {
        release = () => {
          server.held = undefined;
          resolve();
        };
      });
      return release;
    },
    receive(title: string | null, id = "1") {
      if (title !== null) server.title = title;
      const change = { resource: "notes", id, op: "update" as const };
      unlogged.apply([{ ...change, ...(title !== null && { row: { title } }) }], false);
    },
    close() {
      for (const stop of stops) stop();
      unlogged.close();
      timers.close();
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
const quiet = () => vi.advanceTimersByTimeAsync(1_000);

describe("a change that was put in place by a message", () => {
  test("is confirmed by one read for a burst of changes", async () => {
    world.show();
    await quiet();
    for (let n = 0; n < 50; n++) {
      world.receive(`title ${n}`);
      await vi.advanceTimersByTimeAsync(2);
    }
    expect(world.title()).toBe("title 49");
    await quiet();
    expect(world.server.reads).toBe(2);
  });

  test("is confirmed by no read where the data has no validator, or the pages of an infinite query", async () => {
    world.showFeed();
    await quiet();
    world.receive("new");
    await quiet();
    expect(world.server.reads).toBe(1);
    world.close();
    world = createWorld({ hasValidators: false });
    world.show();
    await quiet();
    world.receive("new");
    await quiet();
    expect([world.title(), world.server.reads]).toEqual(["new", 1]);
  });

  test("is not confirmed out of view, where it stays marked", async () => {
    world.show();
    await quiet();
    world.receive("new");
    world.visibility.report("shell", false);
    await quiet();
    expect(world.server.reads).toBe(1);
    expect(world.queryClient.getQueryState(["note", "1"])?.isInvalidated).toBe(true);
  });
});

describe("a read that set out before a change", () => {
  test("for the first time, is followed by another where the change concerns it, and else is not", async () => {
    const release = world.hold();
    world.show();
    world.receive(null, "2");
    release();
    await quiet();
    expect(world.server.reads).toBe(1);

    world.close();
    world = createWorld();
    const again = world.hold();
    world.show();
    world.receive("new");
    again();
    await quiet();
    expect([world.title(), world.server.reads]).toEqual(["new", 2]);
  });

  test("is followed by another where more came than is remembered", async () => {
    const release = world.hold();
    world.show();
    for (let n = 0; n <= 100; n++) world.receive(null, "2");
    release();
    await quiet();
    expect(world.server.reads).toBe(2);
  });

  test("of a query that nobody shows any more, leaves the mark that the change made", async () => {
    const stop = world.show();
    await quiet();
    const release = world.hold();
    void world.queryClient.refetchQueries();
    stop();
    world.receive("new");
    release();
    await quiet();
    expect(world.queryClient.getQueryState(["note", "1"])?.isInvalidated).toBe(true);
  });

  test("and was cancelled, leaves the mark as well", async () => {
    const stop = world.show();
    await quiet();
    world.hold();
    void world.queryClient.refetchQueries();
    stop();
    world.receive("new");
    await world.queryClient.cancelQueries();
    await quiet();
    expect(world.queryClient.getQueryState(["note", "1"])?.isInvalidated).toBe(true);
  });

  test("in view is begun anew, once", async () => {
    world.show();
    await quiet();
    const release = world.hold();
    void world.queryClient.refetchQueries();
    world.receive("new");
    release();
    await quiet();
    expect([world.title(), world.server.reads]).toEqual(["new", 3]);
  });
});

test("a write without a revision is traced as a change, with what was done about each query", async () => {
  const stop = world.show();
  await quiet();
  world.receive("new");
  world.receive(null);
  await quiet();
  stop();
  world.receive(null);
  const decisions = world.trace.entries.flatMap((entry) =>
    entry.type === "change"
      ? entry.touched.map(({ decision }) => `rev ${entry.change.rev}: ${decision}`)
      : [],
  );
  expect(decisions).toEqual(["rev 0: patched", "rev 0: read now", "rev 0: waits for view"]);
});
