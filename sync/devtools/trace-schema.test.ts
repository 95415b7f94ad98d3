import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseReports } from "./trace-schema.ts";

describe("what the inspector reads of a tab", () => {
  it("is nothing of junk, which does not throw", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (junk) => {
        expect(Array.isArray(parseReports(junk))).toBe(true);
      }),
    );
  });

  it("is the valid reports; it drops the others", () => {
    const note = { type: "note", seq: 1, at: 2, text: "began" };
    const given = [note, 7, { ...note, type: "poem" }, { ...note, seq: "1" }];
    expect(parseReports(given)).toEqual([note]);
  });

  it("is the newest reports of a flood", () => {
    const flood = Array.from({ length: 2000 }, (_, seq) => ({
      type: "note",
      seq,
      at: 0,
      text: "",
    }));
    expect(parseReports(flood).at(0)).toMatchObject({ seq: 1500 });
  });
});
