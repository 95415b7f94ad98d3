import { expect, test } from "vitest";
import { hue, initials } from "./identity.ts";

test.each([
  ["Ada Lovelace", "AL"],
  ["  grace   brewster murray hopper ", "GH"],
  ["Plato", "P"],
  ["Émile Zola", "ÉZ"],
  ["👩‍🚀 Ride", "👩R"],
  ["", ""],
])("the initials of %j are %j", (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test("a hue is stable and on the wheel", () => {
  for (const id of ["", "u1", "usr-01", "usr-02", "𝄞"]) {
    expect(hue(id)).toBe(hue(id));
    expect(hue(id)).toBeGreaterThanOrEqual(0);
    expect(hue(id)).toBeLessThan(360);
  }
});
