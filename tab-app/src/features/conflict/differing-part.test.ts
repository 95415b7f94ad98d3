import { expect, test } from "vitest";
import { differingPart } from "./differing-part.ts";

const [a, z] = ["a ".repeat(20), " z".repeat(20)];

test("a long text shows the words that differ, with some of those around them", () => {
  expect(differingPart(`${a}on Monday${z}`, `${a}on Tuesday at noon${z}`)).toEqual({
    before: "… a a a a a on ",
    differs: "Monday",
    after: " z z z z z z …",
  });
});

test("what was added at one end is found too", () => {
  expect(differingPart(`${a}more`, a)).toEqual({
    before: "… a a a a a a ",
    differs: "more",
    after: "",
  });
});

test("what was taken away leaves nothing to show but its place", () => {
  expect(differingPart(`${a}b${z}`, `${a}was here b${z}`)).toMatchObject({ differs: "" });
});

test("a short text, and one that differs in most, is shown whole", () => {
  expect(differingPart("Northgate AB", "Northgate")).toBeNull();
  expect(differingPart("x ".repeat(300), "y ".repeat(300))).toBeNull();
  expect(differingPart("", a)).toBeNull();
});
