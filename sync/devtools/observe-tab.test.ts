import { QueryClient, QueryObserver } from "@tanstack/query-core";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createTrace } from "../core/trace.ts";
import { createVisibility } from "../platform/visibility.ts";
import { connectMutationTrace } from "./mutation-trace.ts";
import { type ObserveOptions, observeTab } from "./observe-tab.ts";
import { change } from "./testing/entries.ts";
import type { TabReport } from "./trace-schema.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(options: ObserveOptions = {}) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  onTestFinished(() => queryClient.clear());
  const trace = createTrace();
  const messages: TabReport[][] = [];
  const sync = { trace, visibility: createVisibility() };
  const mount = (queryKey: readonly unknown[], data: unknown) => {
    queryClient.setQueryData(queryKey, data);
    onTestFinished(
      new QueryObserver(queryClient, { queryKey, queryFn: () => data }).subscribe(() => {}),
    );
  };
  const observe = () =>
    observeTab({ sync, queryClient }, (reports) => messages.push([...reports]), options);
  const told = (type: TabReport["type"]) => messages.flat().filter((each) => each.type === type);
  const { seq: _, at: __, ...entry } = change(0, 0, "channel");
  return { queryClient, trace, messages, mount, observe, told, addChange: () => trace.add(entry) };
}

describe("a tab", () => {
  it("tells nothing before it is looked at and after", () => {
    const { messages, observe, addChange } = setUp();
    addChange();
    vi.advanceTimersByTime(5000);
    expect(messages).toEqual([]);
    const stop = observe();
    vi.advanceTimersByTime(5000);
    const told = messages.length;
    expect(told).toBeGreaterThan(0);
    stop();
    addChange();
    vi.advanceTimersByTime(5000);
    expect(messages).toHaveLength(told);
  });

  it("tells what it did before, and a burst in one message", () => {
    const { messages, observe, addChange, told } = setUp();
    addChange();
    observe();
    expect(messages).toHaveLength(1);
    for (let at = 0; at < 50; at++) addChange();
    vi.advanceTimersByTime(60);
    expect(messages).toHaveLength(2);
    expect(told("change")).toHaveLength(51);
  });

  it("tells what a change would have cost by invalidation: mounted queries, page by page", () => {
    const { mount, observe, addChange, told, queryClient } = setUp();
    mount(["activity", "acc-1"], { pages: [1, 2, 3] });
    mount(["users"], {});
    queryClient.setQueryData(["account", "not mounted"], {});
    observe();
    addChange();
    vi.advanceTimersByTime(60);
    expect(told("cost")).toMatchObject([{ everything: 4, textbook: 3 }]);
  });

  it("tells of each query its revision, marks and size, at most once a second", () => {
    const { mount, observe, told, queryClient } = setUp();
    const data = { asOf: { epoch: "e", rev: 7 }, rows: "x".repeat(100) };
    mount(["users"], data);
    observe();
    for (let at = 0; at < 20; at++) {
      queryClient.setQueryData(["users"], { ...data, at });
      vi.advanceTimersByTime(10);
    }
    void queryClient.invalidateQueries({ refetchType: "none" });
    vi.advanceTimersByTime(1100);
    expect(told("queries")).toHaveLength(2);
    expect(told("queries").at(-1)).toMatchObject({
      queries: [{ query: '["users"]', rev: 7, isStale: true, isInView: true, pages: 1 }],
    });
    const [report] = told("queries");
    expect(report?.type === "queries" && report.queries[0]?.size).toBe(JSON.stringify(data).length);
  });

  it("tells when the page was painted with what was put in place, and not where nothing shows it", () => {
    const changes: (() => void)[] = [];
    const page = {
      onNextChange(call: () => void) {
        changes.push(call);
        return () => void changes.splice(changes.indexOf(call), 1);
      },
      afterPaint: (call: () => void) => call(),
    };
    const { observe, addChange, told } = setUp({ page });
    observe();
    addChange();
    addChange();
    changes[0]?.();
    vi.advanceTimersByTime(60);
    expect(told("shown")).toMatchObject([{ of: [1, 2] }]);
    addChange();
    vi.advanceTimersByTime(1100);
    expect(changes).toEqual([]);
    expect(told("shown")).toHaveLength(1);
  });

  it("tells of writes that are mutations, by their keys", async () => {
    const { queryClient, trace } = setUp();
    onTestFinished(connectMutationTrace(queryClient, trace));
    const mutate = (mutationFn: () => Promise<unknown>) =>
      queryClient
        .getMutationCache()
        .build(queryClient, { mutationKey: ["pin"], mutationFn })
        .execute({})
        .catch(() => {});
    await mutate(async () => 1);
    await mutate(async () => Promise.reject(new Error("refused")));
    expect(trace.entries).toMatchObject([
      { target: '["write","pin"]', cause: "the user", state: "ok" },
      { target: '["write","pin"]', state: "failed" },
    ]);
  });
});
