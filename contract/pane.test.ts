import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chordSchema,
  commandSchema,
  door,
  failedSchema,
  helloSchema,
  stateSchema,
  statusSchema,
  tabUrlSchema,
  themeSchema,
  welcomeSchema,
} from "./pane.ts";
import { parseTrace } from "./trace.ts";

const schemas = [
  chordSchema,
  commandSchema,
  failedSchema,
  helloSchema,
  stateSchema,
  statusSchema,
  themeSchema,
  welcomeSchema,
];

describe("the doors of the pane contract", () => {
  it("let junk fall without a throw and without a call", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (junk) => {
        for (const schema of schemas) {
          const wasJunk = !schema.safeParse(junk).success;
          let called = false;
          door(schema as typeof stateSchema, () => {
            called = true;
          })(junk);
          expect(called).toBe(!wasJunk);
        }
        expect(Array.isArray(parseTrace(junk))).toBe(true);
      }),
    );
  });

  it("take a place inside the tab and no other origin", () => {
    const takes = (place: unknown) => tabUrlSchema.safeParse(place).success;
    expect(["/", "/?account=acc-01", "/a/b?c=%20#d"].filter(takes)).toHaveLength(3);
    const bad = ["", "a", "//evil", "/\\evil", "/\t/evil", "/a b", "https://evil", "/\u0000", null];
    expect(bad.filter(takes)).toEqual([]);
    expect(takes(`/${"a".repeat(2001)}`)).toBe(false);
  });

  it("resolve every place that they take to the tab's own origin", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const place = tabUrlSchema.safeParse(`/${text}`);
        if (!place.success) return;
        expect(new URL(place.data, "http://pane.test").origin).toBe("http://pane.test");
      }),
    );
  });

  it("keep the good entries of a trace and drop the others", () => {
    const note = { type: "note", seq: 1, at: 2, text: "began" };
    expect(parseTrace([note, 7, { ...note, type: "poem" }, { ...note, seq: "1" }])).toEqual([note]);
  });

  it("look at no more of a flood than its newest entries", () => {
    const flood = Array.from({ length: 2000 }, (_, seq) => ({
      type: "note",
      seq,
      at: 0,
      text: "",
    }));
    expect(parseTrace(flood).at(0)?.seq).toBe(1500);
  });
});
