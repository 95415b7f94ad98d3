import { expect, it } from "vitest";
import { nextId } from "./shell-plan.ts";

it("gives a new pane the first letter that is free", () => {
  expect(nextId(["A", "B"])).toBe("C");
  expect(nextId(["A", "C"])).toBe("B");
  expect(nextId([..."ABCDEFGHIJKLMNOP"])).toBeNull();
});
