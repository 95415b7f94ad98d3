import { describe, expect, it } from "vitest";
import { createFakeClock } from "#host/shared/testing/fake-clock.ts";
import type { TraceEntry } from "#sync";
import { createTraceLog } from "./trace-log.ts";

const request = (seq: number, state: "pending" | "ok" = "ok"): TraceEntry => ({
  type: "request",
  seq,
  at: 1000 + seq,
  target: "[]",
  cause: "first load",
  state,
});

const change = (seq: number, path: "own" | "channel", at: number): TraceEntry => ({
  type: "change",
  seq,
  at,
  path,
  change: {
    rev: 41,
    version: 41,
    resource: "activities",
    id: "act-1",
    op: "update",
    parents: {},
    origin: "x",
  },
  touched: [],
});

function setUp(limit = 500) {
  const clock = createFakeClock();
  const log = createTraceLog({ clock, limit });
  const settle = () => clock.pass(100);
  return { log, settle, view: log.view.get };
}

describe("the inspector's trace", () => {
  it("shows a change once, with its source and the reaction of each pane", async () => {
    const { log, settle, view } = setUp();
    log.add("B", 1, [change(1, "channel", 2001)]);
    log.add("A", 1, [change(1, "own", 2000)]);
    await settle();
    expect(view().rows).toMatchObject([
      {
        type: "change",
        at: 2000,
        source: { pane: "A" },
        reactions: [{ pane: "A" }, { pane: "B" }],
      },
    ]);
  });

  it("lists the newest first, across panes", async () => {
    const { log, settle, view } = setUp();
    log.add("A", 1, [request(1), request(3)]);
    log.add("B", 1, [request(2)]);
    await settle();
    expect(view().rows.map((row) => row.at)).toEqual([1003, 1002, 1001]);
  });

  it("amends an entry with the same number, and counts it once", async () => {
    const { log, settle, view } = setUp();
    log.add("A", 1, [request(1, "pending")]);
    log.add("A", 1, [request(1, "ok")]);
    await settle();
    expect(view().rows).toMatchObject([{ state: "ok" }]);
    expect(view().requests.get("A")).toBe(1);
  });

  it("distinguishes a pane before and after a restart", async () => {
    const { log, settle, view } = setUp();
    log.add("A", 1, [request(1)]);
    log.add("A", 2, [request(1)]);
    await settle();
    expect(view().rows).toHaveLength(2);
  });

  it("stays cleared when the panes repeat their entries", async () => {
    const { log, settle, view } = setUp();
    log.add("A", 1, [request(1), request(2)]);
    log.clear();
    log.add("A", 1, [request(1), request(2), request(3)]);
    await settle();
    expect(view().rows).toHaveLength(1);
    expect(view().requests.get("A")).toBe(1);
  });

  it("holds a bounded number of rows, and still counts all requests", async () => {
    const { log, settle, view } = setUp(10);
    for (let seq = 0; seq < 100; seq += 1) log.add("A", 1, [request(seq)]);
    await settle();
    expect(view().rows).toHaveLength(10);
    expect(view().requests.get("A")).toBe(100);
  });

  it("does not change while paused, and counts the waiting entries", async () => {
    const { log, settle, view } = setUp();
    log.pause(true);
    log.add("A", 1, [request(1)]);
    await settle();
    expect(view()).toMatchObject({ rows: [], waiting: 1 });
    log.pause(false);
    expect(view()).toMatchObject({ rows: [{ at: 1001 }], waiting: 0 });
  });
});
