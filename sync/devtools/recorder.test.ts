import { describe, expect, it, vi } from "vitest";
import { createRecorder } from "./recorder.ts";
import { change, read } from "./testing/entries.ts";

function setUp(limit = 500) {
  const due: (() => void)[] = [];
  const recorder = createRecorder({ limit, after: (_, call) => void due.push(call) });
  const settle = () => {
    for (const call of due.splice(0)) call();
  };
  return { recorder, settle, seqs: () => recorder.recording.entries.map(({ entry }) => entry.seq) };
}

describe("the recorder of traces", () => {
  it("amends an entry with the same number, and counts it once", () => {
    const { recorder } = setUp();
    const { ms: _, ...pending } = read(1, 100, "first load");
    recorder.add("Tab A", 1, [{ ...pending, state: "pending" }]);
    recorder.add("Tab A", 1, [read(1, 100, "first load")]);
    expect(recorder.recording.entries).toMatchObject([{ entry: { state: "ok" } }]);
    expect(recorder.recording.requests.get("Tab A")).toBe(1);
  });

  it("distinguishes a tab before and after a reload", () => {
    const { recorder, seqs } = setUp();
    recorder.add("Tab A", 1, [read(1, 100, "first load")]);
    recorder.add("Tab A", 2, [read(1, 200, "first load")]);
    expect(seqs()).toEqual([1, 1]);
  });

  it("stays cleared when the tabs repeat their entries", () => {
    const { recorder, seqs } = setUp();
    const entries = [1, 2, 3].map((seq) => read(seq, seq, "first load"));
    recorder.add("Tab A", 1, entries.slice(0, 2));
    recorder.clear();
    recorder.add("Tab A", 1, entries);
    expect(seqs()).toEqual([3]);
    expect(recorder.recording.requests.get("Tab A")).toBe(1);
  });

  it("holds a bounded number of entries, and still counts all requests", () => {
    const { recorder } = setUp(10);
    for (let seq = 0; seq < 100; seq++) recorder.add("Tab A", 1, [read(seq, seq, "first load")]);
    expect(recorder.recording.entries).toHaveLength(10);
    expect(recorder.recording.forgotten).toBe(90);
    expect(recorder.recording.requests.get("Tab A")).toBe(100);
  });

  it("emits once for a burst", () => {
    const { recorder, settle } = setUp();
    const listener = vi.fn();
    recorder.subscribe(listener);
    for (let seq = 0; seq < 100; seq++) recorder.add("Tab A", 1, [read(seq, seq, "first load")]);
    settle();
    expect(listener).toHaveBeenCalledOnce();
  });

  it("keeps what a change would have cost beside it, and the latest report on queries", () => {
    const { recorder } = setUp();
    const cost = { type: "cost", of: 1, everything: 5, textbook: 2 } as const;
    recorder.add("Tab A", 1, [change(1, 100, "own"), cost]);
    recorder.add("Tab A", 1, [{ type: "queries", at: 1, queries: [] }]);
    recorder.add("Tab A", 1, [{ type: "queries", at: 2, queries: [] }]);
    expect(recorder.recording.entries).toMatchObject([{ cost: { everything: 5 } }]);
    expect(recorder.recording.queries.get("Tab A")?.at).toBe(2);
  });
});
