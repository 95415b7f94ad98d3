import fc from "fast-check";
import { expect, test } from "vitest";
import { createPageJoin } from "./join-pages.ts";

test("pages are joined in their order, each row once, as if for the first time", () => {
  const row = fc.record({ id: fc.integer({ min: 0, max: 12 }).map(String), version: fc.nat(3) });
  const page = fc.record({ rows: fc.array(row, { maxLength: 4 }) });
  const step = fc.record({ at: fc.nat(5), page, drop: fc.nat(2) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const join = createPageJoin();
      let pages: { rows: { id: string; version: number }[] }[] = [];
      for (const { at, page, drop } of steps) {
        pages = pages.toSpliced(at, drop, page);
        const once = new Map(pages.flatMap(({ rows }) => rows).map((each) => [each.id, each]));
        expect(join(pages)).toEqual([...once.values()]);
      }
    }),
  );
});

test("a change of one page reads the ids of no other", () => {
  let reads = 0;
  const page = (first: number) => ({
    rows: Array.from({ length: 50 }, (_, at) => ({
      get id() {
        reads++;
        return `r${first + at}`;
      },
    })),
  });
  const pages = Array.from({ length: 100 }, (_, at) => page(at * 50));
  const join = createPageJoin();
  join(pages);
  reads = 0;
  join(pages.with(50, page(2500)));
  expect(reads).toBe(100);
});
