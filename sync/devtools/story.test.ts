import { describe, expect, it } from "vitest";
import { buildMarks, type Mark } from "./marks.ts";
import type { Recording } from "./recorder.ts";
import { relatives, tellStory } from "./story.ts";
import { change, read, shown, write } from "./testing/entries.ts";
import { record } from "./testing/record.ts";

const cause = "update activities/act-1 by Tab-A_0f3c91d2";

function find(recording: Recording, lane: string, kind: Mark["kind"]) {
  const marks = buildMarks(recording);
  const mark = marks.find((each) => each.lane === lane && each.kind === kind);
  if (!mark) throw new Error(`${lane} has no ${kind}`);
  return { mark, marks };
}

function kindsOf(marks: readonly Mark[]) {
  return marks.map(({ lane, kind }) => `${lane} ${kind}`);
}

const pin = record({
  "Tab A": [write(1, 1000, 40), change(2, 1040, "own"), shown(3, 1060, [2])],
  "Tab B": [change(1, 1042, "channel"), shown(2, 1075, [1])],
});

describe("the cause of an event", () => {
  it("is told from the press to the paint in the other tab", () => {
    const { mark, marks } = find(pin, "Tab B", "shown");
    const { cause, effect } = tellStory(mark, marks);
    expect(cause.map(({ after, words }) => `${after}: ${words}`)).toEqual([
      "0: In Tab A the user wrote pin · act-1. Its request took 40 ms.",
      "20: The server accepted it as revision 41: activities/act-1 changed.",
      "40: Tab A had the answer. It put the change in place, without a request, in activity · acc-1.",
      "40: It was broadcast on the channel, and reached Tab B.",
      "42: Tab B heard it on the channel. It put the change in place, without a request, in activity · acc-1.",
      "75: Tab B was painted with it.",
    ]);
    expect(effect).toEqual([]);
  });

  it("leads on to all that came of it, in every tab", () => {
    const { mark, marks } = find(pin, "Tab A", "write");
    expect(kindsOf(relatives(mark, marks).after)).toEqual([
      "Server commit",
      "Tab A change",
      "Channel message",
      "Tab B change",
      "Tab A shown",
      "Tab B shown",
    ]);
  });

  it("of a read is the change that made its query stale, though the read began before that was traced", () => {
    const recording = record({
      "Tab B": [read(1, 1042, cause), change(2, 1042, "channel", "read now")],
    });
    const { mark, marks } = find(recording, "Tab B", "read");
    expect(kindsOf(relatives(mark, marks).before)).toContain("Tab B change");
  });

  it("of a read on return to view is the wait, which began with the first change that waited", () => {
    const recording = record({
      "Tab B": [
        change(1, 1000, "channel", "waits for view"),
        change(2, 2000, "channel", "waits for view", { rev: 42 }),
        read(3, 9000, cause),
      ],
    });
    const { mark, marks } = find(recording, "Tab B", "read");
    const { before } = relatives(mark, marks);
    expect(before.filter(({ kind }) => kind === "wait")).toMatchObject([{ from: 1000, to: 9000 }]);
    expect(before.filter(({ kind }) => kind === "change")).toHaveLength(2);
  });

  it("of a wait that goes on has no end", () => {
    const recording = record({ "Tab B": [change(1, 1000, "channel", "waits for view")] });
    expect(find(recording, "Tab B", "wait").mark.to).toBeNull();
  });

  it("finds a query whose key names its fields in another order", () => {
    const about = (query: string) => ({
      ...change(1, 1000, "channel"),
      touched: [{ query, decision: "read now" as const }],
    });
    const recording = record({
      "Tab B": [about('["list",{"a":1,"b":2}]'), read(2, 1001, cause, '["list",{"b":2,"a":1}]')],
    });
    const { mark, marks } = find(recording, "Tab B", "read");
    expect(relatives(mark, marks).before).not.toEqual([]);
  });

  it("of what is caught up on is the catch-up", () => {
    const recording = record({
      "Tab B": [read(1, 1000, "a gap", "catch-up"), change(2, 1010, "catch-up")],
    });
    const { mark, marks } = find(recording, "Tab B", "change");
    expect(kindsOf(relatives(mark, marks).before)).toEqual(["Tab B read", "Server commit"]);
  });

  it("of a change from outside names no tab", () => {
    const { origin: _, ...outside } = change(1, 1000, "stream").change;
    const recording = record({ "Tab A": [{ ...change(1, 1000, "stream"), change: outside }] });
    const { mark, marks } = find(recording, "Server", "commit");
    expect(tellStory(mark, marks).cause[0]?.words).toBe(
      "The server accepted it as revision 41: activities/act-1 changed by a program or an edit by hand.",
    );
  });

  it("is told on a server without revisions too, from the press to the other tab", () => {
    const unlogged = { rev: 0 };
    const recording = record({
      "This tab": [write(1, 1000, 40), change(2, 1041, "own", "patched", unlogged)],
      "Tab B": [change(1, 1043, "channel", "patched", unlogged)],
    });
    const { mark, marks } = find(recording, "Tab B", "change");
    expect(
      tellStory(mark, marks)
        .cause.map(({ words }) => words)
        .slice(0, 2),
    ).toEqual([
      "In this tab the user wrote pin · act-1. Its request took 40 ms.",
      "The server accepted it: activities/act-1 changed.",
    ]);
    expect(kindsOf(relatives(mark, marks).before)).toEqual([
      "This tab write",
      "Server commit",
      "This tab change",
      "Channel message",
    ]);
  });

  it("of a read without revisions is the write just before it, and of one that is due to age alone it is none", () => {
    const recording = record({
      "Tab B": [
        change(1, 1000, "channel", "read now", { rev: 0 }),
        read(2, 1001, "its age"),
        read(3, 60_000, "its age"),
      ],
    });
    const reads = buildMarks(recording).filter(({ kind }) => kind === "read");
    expect(reads.map(({ causes }) => causes)).toEqual([["Tab B/1/1"], []]);
  });

  it("of a change on a server without revisions joins the tabs that told of it, and no later one", () => {
    const unlogged = { rev: 0 };
    const recording = record({
      "Tab A": [
        change(1, 1000, "own", "patched", unlogged),
        change(2, 9000, "own", "patched", unlogged),
      ],
      "Tab B": [change(1, 1002, "channel", "patched", unlogged)],
    });
    const commits = buildMarks(recording).filter(({ kind }) => kind === "commit");
    expect(commits.map((mark) => mark.kind === "commit" && mark.of.entries.length)).toEqual([2, 1]);
  });
});
