import { expect, test } from "vitest";
import { differingPart } from "./differing-part.ts";

const [a, z] = ["a ".repeat(20), " z".repeat(20)];

test("a long text shows the words that differ, with some context", () => {
  expect(differingPart(`${a}on Monday${z}`, `${a}on Tuesday at noon${z}`)).toEqual({
    before: "… a a a a a on ",
    differs: "Monday",
    after: " z z z z z z …",
  });
});

test("text added at one end is found too", () => {
  expect(differingPart(`${a}more`, a)).toEqual({
    before: "… a a a a a a ",
    differs: "more",
    after: "",
  });
});

test("removed text leaves an empty part between its context", () => {
  expect(differingPart(`${a}b${z}`, `${a}was here b${z}`)).toMatchObject({ differs: "" });
});

test("a short text, and one that mostly differs, is shown whole", () => {
  expect(differingPart("Northgate AB", "Northgate")).toBeNull();
  expect(differingPart("x ".repeat(300), "y ".repeat(300))).toBeNull();
  expect(differingPart("", a)).toBeNull();
});
