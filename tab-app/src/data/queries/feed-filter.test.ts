import fc from "fast-check";
import { expect, test } from "vitest";
import { makeFile } from "#api/testing/data-file.ts";
import { startApi } from "#api/testing/start-api.ts";
import { type FeedFilter, noFilter, passesFeedQuery, toFeedQuery } from "./feed-filter.ts";

const text = fc.constantFrom("Call", "call about Größe", "ÉTÉ", "42", "true", "acc-1", "a&b=c", "");
const at = fc.nat(5).map((day) => `2026-01-0${day + 1}T00:00:00.000Z`);

/** A row as people write it by hand too: numbers for ids, parts missing, fields of their own. */
const rowArbitrary = fc.record(
  {
    accountId: fc.constantFrom("acc-1", "acc-2"),
    kind: fc.constantFrom("call", "note", "42"),
    title: text.map((title) => title || "Untitled"),
    at,
    pinned: fc.boolean(),
    body: text,
    authorId: fc.constantFrom<string | number | null>("usr-1", 7, null),
    custom: fc.constantFrom<unknown>(null, 0, 42, ["deep", { er: "Call" }], false),
  },
  { requiredKeys: ["accountId", "kind", "title", "at", "pinned"] },
);

const filterArbitrary: fc.Arbitrary<FeedFilter> = fc.record({
  kinds: fc.subarray(["call", "note", "42"]),
  authorId: fc.constantFrom(null, "usr-1", "7"),
  pinned: fc.boolean(),
  from: fc.option(at),
  to: fc.option(at),
  text,
});

test("a row passes a filter exactly where the API answers the filter's query with it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(rowArbitrary, { minLength: 1, maxLength: 12 }),
      fc.array(filterArbitrary, { minLength: 1, maxLength: 12 }),
      async (rows, filters) => {
        const cleanUps: (() => unknown)[] = [];
        const later = (undo: () => unknown) => void cleanUps.unshift(undo);
        const accounts = ["acc-1", "acc-2"].map((id) => ({ id, name: id, plan: "", status: "" }));
        const users = [
          { id: "usr-1", name: "Una" },
          { id: 7, name: "Seven" },
        ];
        // json-server ignores a filter by a field that no row of the collection has.
        const full = { authorId: "usr-1", at: "2026-01-01T00:00:00.000Z", pinned: false };
        const activities = [
          { id: "full", accountId: "acc-2", kind: "note", title: "Full", ...full },
          ...rows.map((row, index) => ({ id: `act-${index}`, ...row })),
        ];
        const file = makeFile({ users, accounts, activities }, later);
        const { get } = await startApi({ file }, later);
        const all = (await get("/activities")).rows;
        for (const filter of filters) {
          const query = toFeedQuery("acc-1", filter) ?? "accountId=acc-1";
          const passing = all.filter((row) => passesFeedQuery(new URLSearchParams(query), row));
          expect((await get(`/activities?${query}`)).rows).toEqual(passing);
        }
        for (const undo of cleanUps) await undo();
      },
    ),
    { numRuns: 25 },
  );
});

test("a filter that lets everything pass is none, so that the feed has one key", () => {
  expect(toFeedQuery("acc-1", noFilter)).toBeNull();
  expect(toFeedQuery("acc-1", { ...noFilter, text: "  " })).toBeNull();
});

test("equal filters have equal keys", () => {
  const filter = { ...noFilter, kinds: ["note", "call", "note"], pinned: true };
  expect(toFeedQuery("acc-1", filter)).toBe("accountId=acc-1&kind=call&kind=note&pinned=true");
});
