import { describe, expect, it } from "vitest";
import { buildMarks } from "../marks.ts";
import { change, shown, write } from "../testing/entries.ts";
import { record } from "../testing/record.ts";
import { layOut } from "./lay-out.ts";
import { spanOf } from "./span.ts";

const lanes = ["Tab A", "Tab B", "Channel", "Server"];

function lay(tabs: Parameters<typeof record>[0], related: ReadonlySet<string> = new Set()) {
  const marks = buildMarks(record(tabs));
  const span = spanOf(marks) ?? { from: 0, to: 1 };
  return layOut(marks, { span, width: 1200, lanes, related });
}

describe("the picture", () => {
  it("has an arrow from each cause to its effect", () => {
    const { arrows } = lay({
      "Tab A": [write(1, 1000, 40), change(2, 1040, "own"), shown(3, 1060, [2])],
      "Tab B": [change(1, 1042, "channel"), shown(2, 1075, [1])],
    });
    const between = arrows.map(
      ({ from, to }) => `${from.look} in ${from.lane} > ${to.look} in ${to.lane}`,
    );
    expect(between.toSorted()).toEqual([
      "commit in 3 > patched in 0",
      "message in 2 > patched in 1",
      "patched in 0 > message in 2",
      "patched in 0 > shown in 0",
      "patched in 1 > shown in 1",
      "write in 0 > commit in 3",
    ]);
  });

  it("shows by its look what a tab did about a change", () => {
    const look = (decision: Parameters<typeof change>[3]) =>
      lay({ "Tab A": [change(1, 1000, "stream", decision)] }).shapes.find(
        ({ lane, look }) => lane === 0 && look !== "wait",
      )?.look;
    expect(look("patched")).toBe("patched");
    expect(look("read now")).toBe("asks");
    expect(look("waits for view")).toBe("waits");
    expect(look(null)).toBe("nothing");
  });

  it("has a bounded number of shapes and arrows, however much happens", () => {
    const burst = Array.from({ length: 2000 }, (_, at) =>
      change(at + 1, 1000 + at * 37, at % 2 ? "own" : "channel", at % 3 ? "patched" : "read now", {
        rev: at + 1,
      }),
    );
    const { shapes, arrows } = lay({
      "Tab A": burst.slice(0, 500),
      "Tab B": burst.slice(500, 1000),
    });
    expect(shapes.length).toBeLessThanOrEqual(400);
    expect(arrows.length).toBeLessThanOrEqual(150);
    // Each is in one of them.
    const inLane = shapes.filter(({ lane }) => lane === 0).flatMap(({ marks }) => marks);
    expect(inLane).toHaveLength(500);
  });
});
