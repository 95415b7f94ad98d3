import { expect, test } from "vitest";
import type { Editor } from "#data/hooks/use-who-is-there.ts";
import { describeEditors } from "./describe-editors.ts";

const names = new Map([["usr-1", "Maya Chen"]]);
const describe = (...editors: [Editor["where"], tabName: string, userId: string | null][]) =>
  describeEditors(
    editors.map(([where, tabName, userId], at) => ({ tabId: `t${at}`, where, tabName, userId })),
    (userId) => names.get(userId),
    "usr-1",
  );

test("a pane beside this one is named, and in another window the person", () => {
  expect(describe(["pane", "Tab B", "usr-1"])).toBe("Being edited in Tab B");
  expect(describe(["window", "Tab A", "usr-1"])).toBe("Being edited by Maya Chen (another window)");
  expect(describe(["window", "Tab A", null])).toBe("Being edited in another window");
});

test("in another browser the person is named, and oneself as in another window", () => {
  names.set("usr-2", "Tom Okafor");
  expect(describe(["elsewhere", "Tab A", "usr-2"])).toBe("Being edited by Tom Okafor");
  expect(describe(["elsewhere", "Tab A", "usr-1"])).toMatch("by Maya Chen (another window)");
  expect(describe(["elsewhere", "Tab A", null])).toBe("Being edited by somebody else");
});

test("editors that read the same are listed once", () => {
  expect(
    describe(["pane", "Tab B", null], ["window", "This tab", null], ["window", "Tab B", null]),
  ).toBe("Being edited in Tab B and in another window");
});
