import { describe, expect, it } from "vitest";
import { change, read, shown, write } from "./testing/entries.ts";
import { record } from "./testing/record.ts";
import { formatTraceFile, parseTraceFile } from "./trace-file.ts";

const recording = record({
  "Tab A": [
    write(1, 1000, 40),
    change(2, 1040, "own"),
    { type: "cost", of: 2, everything: 4, textbook: 2 },
    shown(3, 1060, [2]),
    read(4, 1070, "first load"),
    { type: "queries", at: 1, queries: [] },
  ],
});
const file = formatTraceFile({ tabs: ["Tab A", "Tab B"], recording });

describe("an exported trace", () => {
  it("is the same when it is loaded", () => {
    expect(parseTraceFile(file)).toEqual({ tabs: ["Tab A", "Tab B"], recording });
  });

  it.each([
    ["It is not JSON.", "{"],
    ["It is not a trace that was exported here.", "null"],
    ["It is not a trace that was exported here.", '{"entries":[]}'],
    [
      "It is of version 2: this panel reads version 1.",
      file.replace('"version": 1', '"version": 2'),
    ],
    ['It is damaged at "entries.0.entry.at".', file.replace('"at": 1000', '"at": "noon"')],
  ])("is refused in words: %s", (words, text) => {
    expect(() => parseTraceFile(text)).toThrow(words);
  });
});
