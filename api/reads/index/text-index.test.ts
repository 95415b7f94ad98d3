import fc from "fast-check";
import { expect, test } from "vitest";
import { createTextIndex } from "./text-index.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "日", "本", "é"), maxLength: 6 });
const part = fc.string({ unit: fc.constantFrom("a", "b", "日", "é"), minLength: 1, maxLength: 3 });

test("a search finds every text that contains it, and no other where it says so, after texts were replaced", () => {
  const step = fc.tuple(fc.integer({ min: 0, max: 70 }), fc.array(text, { maxLength: 3 }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.array(part), (steps, parts) => {
      const index = createTextIndex();
      const texts = new Map<number, readonly string[]>();
      for (const [number, leaves] of steps) {
        index.set(number, texts.get(number) ?? [], false);
        index.set(number, leaves);
        texts.set(number, leaves);
      }
      for (const each of parts) {
        const { numbers, isExact } = index.find(each);
        const containing = [...texts.keys()]
          .filter((number) => texts.get(number)?.some((leaf) => leaf.includes(each)))
          .sort((a, b) => a - b);
        if (isExact) expect(numbers).toEqual(containing);
        else expect(numbers).toEqual(expect.arrayContaining(containing));
      }
    }),
  );
});
