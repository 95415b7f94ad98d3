// @vitest-environment happy-dom
import { focusManager, QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { freshFor } from "./freshness.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  focusManager.setFocused(undefined);
  vi.useRealTimers();
});

/** A query that is looked at, of data that would be trusted for ten seconds. */
function look(server: { keepsLog: boolean; isLive: boolean }) {
  const client = new QueryClient();
  client.mount();
  let reads = 0;
  const observer = new QueryObserver(client, {
    queryKey: ["count"],
    queryFn: async () => ({
      reads: ++reads,
      asOf: server.keepsLog ? { epoch: "e", rev: 1 } : null,
    }),
    ...freshFor(10_000, () => server.isLive),
  });
  const unsubscribe = observer.subscribe(() => {});
  return {
    reads: () => reads,
    isStale: () => observer.getCurrentResult().isStale,
    stop() {
      unsubscribe();
      client.unmount();
    },
  };
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000);

test("what a server without a log answers is read again at its age, from the first answer on", async () => {
  const query = look({ keepsLog: false, isLive: true });
  await seconds(35);
  expect(query.reads()).toBe(4);
  query.stop();
});

test("while nobody looks it is not", async () => {
  const query = look({ keepsLog: false, isLive: true });
  await seconds(5);
  focusManager.setFocused(false);
  await seconds(60);
  expect(query.reads()).toBe(1);
  expect(query.isStale()).toBe(true);
  focusManager.setFocused(true);
  await seconds(0);
  expect(query.reads()).toBe(2);
  query.stop();
});

test("what has an as-of is not, whether or not its changes come by themselves", async () => {
  const server = { keepsLog: true, isLive: true };
  const query = look(server);
  await seconds(60);
  expect(query.isStale()).toBe(false);
  server.isLive = false;
  await seconds(60);
  expect(query.reads()).toBe(1);
  query.stop();
});

test("a server that begins to keep a log is asked once more, and then no longer", async () => {
  const server = { keepsLog: false, isLive: true };
  const query = look(server);
  await seconds(5);
  server.keepsLog = true;
  await seconds(120);
  expect(query.reads()).toBe(2);
  query.stop();
});
