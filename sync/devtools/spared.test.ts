import { expect, it } from "vitest";
import { countSpared } from "./spared.ts";
import { change, read, write } from "./testing/entries.ts";
import { record } from "./testing/record.ts";

const cause = "update activities/act-1 by Tab-A_0f3c91d2";

it("counts what changes led to, against two ways replayed on the same changes", () => {
  const recording = record({
    "Tab A": [
      read(1, 900, "first load"),
      write(2, 1000, 40),
      change(3, 1040, "own"),
      { type: "cost", of: 3, everything: 6, textbook: 3 },
      read(4, 2000, "load more"),
    ],
    "Tab B": [
      change(1, 1042, "channel", "read now"),
      { type: "cost", of: 1, everything: 4, textbook: 2 },
      read(2, 1043, cause),
      read(3, 1500, "a gap", "catch-up"),
    ],
  });
  const { since, tabs, total } = countSpared(recording);
  expect(since).toBe(1040);
  expect(tabs).toEqual([
    { tab: "Tab A", changes: 1, made: 0, textbook: 3, everything: 6 },
    { tab: "Tab B", changes: 1, made: 2, textbook: 2, everything: 4 },
  ]);
  expect(total).toEqual({ changes: 2, made: 2, textbook: 5, everything: 10 });
});

it("does not count what happened before the tab was looked at", () => {
  const recording = record({
    "Tab B": [
      change(1, 500, "channel", "read now"),
      read(2, 501, cause),
      change(3, 1042, "channel", "patched", { rev: 42 }),
      { type: "cost", of: 3, everything: 4, textbook: 2 },
    ],
  });
  expect(countSpared(recording).total).toEqual({ changes: 1, made: 0, textbook: 2, everything: 4 });
  expect(countSpared(record({})).since).toBeNull();
});
