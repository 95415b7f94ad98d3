import fc from "fast-check";
import { expect, test } from "vitest";
import { createTimes, createTimesOver } from "./activity-times.ts";

const time = fc.integer({ min: 1, max: 6 }).map(String);
const steps = fc.array(fc.record({ add: fc.boolean(), time }), { maxLength: 30 });

test("the latest time is known after any additions and removals, over a base that stays as it is", () => {
  fc.assert(
    fc.property(fc.array(time), steps, steps, (first, before, after) => {
      const own = createTimes();
      const truth = [...first];
      for (const each of first) own.add(each);
      const take =
        (times: { add(t: string): void; remove(t: string): unknown }) =>
        (step: (typeof before)[number]) => {
          const at = truth.indexOf(step.time);
          if (!step.add && at < 0) return;
          if (step.add) truth.push(step.time);
          else truth.splice(at, 1);
          if (step.add) times.add(step.time);
          else times.remove(step.time);
        };
      for (const step of before) take(own)(step);
      expect(own.all()).toEqual(truth.toSorted());
      const base = own.all().slice();
      const over = createTimesOver(own.all());
      for (const step of after) {
        take(over)(step);
        expect(over.latest()).toBe(truth.toSorted().at(-1) ?? "");
      }
      expect(own.all()).toEqual(base);
    }),
  );
});
