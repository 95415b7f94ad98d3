import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeText } from "./merge-text.ts";

const join = (...texts: [base: string, theirs: string, mine: string]) =>
  mergeText(...texts)
    .map(({ text }) => text)
    .join("");

test("what each changed apart from the other is taken from both", () => {
  const base = "Ask for Bo on Monday";
  expect(mergeText(base, "Ask for Maya on Monday", "Ask for Bo on Tuesday")).toEqual([
    { of: "both", text: "Ask for " },
    { of: "theirs", text: "Maya " },
    { of: "both", text: "on " },
    { of: "mine", text: "Tuesday" },
  ]);
});

test("what both changed is there twice, theirs first", () => {
  expect(mergeText("Called", "Called twice", "Called back")).toEqual([
    { of: "both", text: "Called " },
    { of: "theirs", text: "twice " },
    { of: "mine", text: "back" },
  ]);
  expect(mergeText("", "Theirs", "Mine")).toEqual([
    { of: "theirs", text: "Theirs " },
    { of: "mine", text: "Mine" },
  ]);
  expect(join("a b c", "a x c", "a y c")).toBe("a x y c");
  expect(join("a c", "a b c", "a d c")).toBe("a b d c");
});

test("what one side took away stays away where the other left it", () => {
  expect(join("one two three four", "one three four", "one two three 4")).toBe("one three 4");
});

test("of one change nothing else comes, and no word of either side is lost", () => {
  const words = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 6 });
  const text = words.map((each) => each.join(" "));
  fc.assert(
    fc.property(text, text, (base, other) => {
      expect(join(base, base, other).trim()).toBe(other.trim());
      expect(join(base, other, base).trim()).toBe(other.trim());
    }),
  );
  const own = (name: string) =>
    fc.array(fc.constantFrom("a", "b", name), { maxLength: 6 }).map((each) => each.join(" "));
  fc.assert(
    fc.property(text, own("theirs"), own("mine"), (base, theirs, mine) => {
      const merged = join(base, theirs, mine).split(/\s+/);
      const count = (all: string[], word: string) => all.filter((each) => each === word).length;
      for (const [word, side] of [
        ["theirs", theirs],
        ["mine", mine],
      ] as const)
        expect(count(merged, word)).toBe(count(side.split(/\s+/), word));
    }),
  );
});
