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
import { commandIdSchema, shellCommandsSchema } from "./shell-commands.ts";

const schemas = [
  chordSchema,
  commandIdSchema,
  commandSchema,
  failedSchema,
  helloSchema,
  shellCommandsSchema,
  stateSchema,
  statusSchema,
  themeSchema,
  welcomeSchema,
];

describe("the doors of the pane contract", () => {
  it("drop junk without a throw and without a call", () => {
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
      }),
    );
  });

  it("accept a URL of the tab and no other origin", () => {
    const accepts = (url: unknown) => tabUrlSchema.safeParse(url).success;
    expect(["/", "/?account=acc-01", "/a/b?c=%20#d"].filter(accepts)).toHaveLength(3);
    const bad = ["", "a", "//evil", "/\\evil", "/\t/evil", "/a b", "https://evil", "/\u0000", null];
    expect(bad.filter(accepts)).toEqual([]);
    expect(accepts(`/${"a".repeat(2001)}`)).toBe(false);
  });

  it("accept only URLs that resolve to the tab's own origin", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const url = tabUrlSchema.safeParse(`/${text}`);
        if (!url.success) return;
        expect(new URL(url.data, "http://pane.test").origin).toBe("http://pane.test");
      }),
    );
  });
});
