import { InfiniteQueryObserver, QueryClient } from "@tanstack/react-query";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeFile } from "#api/testing/data-file.ts";
import { startApi } from "#api/testing/start-api.ts";
import { createApi } from "#data/server/api.ts";
import { asOf, type Change } from "#sync";
import {
  type AccountFilter,
  accountGroups,
  accountSorts,
  allAccounts,
  toAccountsQuery,
} from "./account-filter.ts";
import { accountListQuery } from "./account-list.ts";
import { type AccountPages, type ListedAccount, totalOf } from "./account-pages.ts";

const row = (name: string, more: Partial<ListedAccount> = {}): ListedAccount => ({
  id: `acc-${name}`,
  name,
  plan: "Growth",
  status: "active",
  notes: "",
  version: 3,
  ...more,
});
const pagesOf = (
  rows: readonly ListedAccount[],
  more = false,
  total = rows.length,
): AccountPages => ({
  pages: [{ rows: [...rows], more, total, asOf: { epoch: "e", rev: 3 } }],
  pageParams: [null],
});
const change = (of: ListedAccount, more: Partial<Change> = {}): Change => ({
  rev: 9,
  resource: "accounts",
  id: of.id,
  op: "update",
  version: 9,
  parents: {},
  row: { ...of, version: 9 },
  ...more,
});
const effectOn = (of: Change, data: AccountPages, filter: Partial<AccountFilter> = {}) =>
  accountListQuery.effect(of, data, [
    "account list",
    toAccountsQuery({ ...allAccounts, ...filter }),
  ]);
const namesIn = (effect: unknown) =>
  (effect as { patched: AccountPages }).patched.pages.flatMap(({ rows }) =>
    rows.map(({ name }) => name),
  );

describe("a list of accounts", () => {
  const [a, b, d] = [row("A"), row("B"), row("D")];

  test("moves a renamed account to its place, takes a new one in and a deleted one out", () => {
    expect(namesIn(effectOn(change({ ...a, name: "C" }), pagesOf([a, b, d])))).toEqual([..."BCD"]);
    expect(namesIn(effectOn(change(row("C"), { op: "create" }), pagesOf([a, d])))).toEqual([
      ..."ACD",
    ]);
    expect(namesIn(effectOn(change(b, { op: "delete" }), pagesOf([a, b, d])))).toEqual([..."AD"]);
  });

  test("asks the server where it cannot know: of accounts beyond its end, and of equal names", () => {
    const goesOn = pagesOf([a, b], true, 9);
    expect(effectOn(change(d), goesOn)).toBe("stale");
    expect(effectOn(change(row("Other", { name: "B" })), pagesOf([a, b, d]))).toBe("stale");
    const shorter = effectOn(change(b, { op: "delete" }), goesOn);
    expect(totalOf((shorter as { patched: AccountPages }).patched)).toBe(8);
  });

  test("of groups by owner, asks the server where the id may be a number", () => {
    const [first, second] = [row("A", { ownerId: "usr-1" }), row("B", { ownerId: "usr-2" })];
    const byOwner = { group: "ownerId" } as const;
    const moved = (ownerId: string) => change({ ...first, ownerId });
    expect(namesIn(effectOn(moved("usr-3"), pagesOf([first, second]), byOwner))).toEqual([..."BA"]);
    expect(effectOn(moved("10"), pagesOf([first, second]), byOwner)).toBe("stale");
  });

  test("holds nothing that a pin could change, but where it is sorted by activity", () => {
    const pin = change(a, {
      resource: "activities",
      id: "act-1",
      parents: { accountId: a.id },
      derived: { [`accounts/${a.id}`]: { lastActivityAt: "2026-01-09T00:00:00.000Z" } },
    });
    expect(effectOn(pin, pagesOf([a, b]))).toBe("none");
    const byActivity = { sort: "lastActivityAt", isDescending: true } as const;
    const at = (day: number) => ({ lastActivityAt: `2026-01-0${day}T00:00:00.000Z` });
    const list = pagesOf([row("B", at(8)), row("A", at(7))]);
    expect(namesIn(effectOn(pin, list, byActivity))).toEqual([..."AB"]);
    expect(effectOn({ ...pin, rev: 2 }, list, byActivity)).toBe("known");
  });

  test("asks the server which of two is first where a value moves an account beside one with the same", () => {
    expect(effectOn(change({ ...a, name: "D" }), pagesOf([a, b, d]))).toBe("stale");
  });

  test("does not give up an account whose activities could bring it back", () => {
    const at = (day: number) => ({ lastActivityAt: `2026-01-0${day}T00:00:00.000Z` });
    const [first, second] = [row("A", at(8)), row("B", at(7))];
    const unlog = change(first, {
      resource: "activities",
      id: "act-1",
      op: "delete",
      parents: { accountId: first.id },
      derived: { [`accounts/${first.id}`]: at(1) },
    });
    const byActivity = { sort: "lastActivityAt", isDescending: true } as const;
    expect(effectOn(unlog, pagesOf([first, second], true, 9), byActivity)).toBe("stale");
  });

  test("counts out an account that is gone, unless the last page was read after that", () => {
    const gone = change(a, { op: "delete" });
    const [first, last] = [pagesOf([a, b], true, 9), pagesOf([d], true, 8)];
    const twoPages = (rev: number): AccountPages => ({
      pages: [
        ...first.pages,
        ...last.pages.map((page) => ({ ...page, asOf: { epoch: "e", rev } })),
      ],
      pageParams: [null, 2],
    });
    const totalAfter = (rev: number) =>
      totalOf((effectOn(gone, twoPages(rev)) as { patched: AccountPages }).patched);
    expect([totalAfter(3), totalAfter(9)]).toEqual([7, 8]);
  });

  test("is read again where its last loaded row is gone, and others follow", () => {
    expect(effectOn(change(a, { op: "delete" }), pagesOf([a], true, 5))).toBe("stale");
    expect(namesIn(effectOn(change(a, { op: "delete" }), pagesOf([a])))).toEqual([]);
  });
});

test.each([
  ["several before it were deleted", [3, 4, 5].map((at) => ["DELETE", at] as const)],
  // As many are before it as there were, and another one among them.
  [
    "the last before it has moved",
    [
      ["PATCH", 0, "Zeta"],
      ["PATCH", 49, "Account 50b"],
    ] as const,
  ],
])("the next page skips no account although %s meanwhile", async (_, writes) => {
  const accounts = Array.from({ length: 60 }, (_, at) => ({
    id: `acc-${at}`,
    name: `Account ${String(at).padStart(2, "0")}`,
    plan: "Free",
    status: "active",
  }));
  const file = makeFile({ users: [], accounts, activities: [] });
  const { get, call, base } = await startApi({ file });
  const api = createApi({ tabId: "test", baseUrl: base });
  const client = new QueryClient();
  const options = accountListQuery({ api, isLive: () => true }, toAccountsQuery(allAccounts));
  const observer = new InfiniteQueryObserver(client, options);
  await observer.refetch();
  for (const [method, at, name] of writes)
    await call(method, `/accounts/acc-${at}`, ...(name === undefined ? [] : [{ name }]));
  await observer.fetchNextPage();
  const { pages } = client.getQueryData(options.queryKey) as AccountPages;
  const held = pages.flatMap(({ rows }) => rows.map(({ id }) => id));
  const fresh = (await get(`/accounts?${options.queryKey[1]}`)).rows;
  expect(held).toEqual(expect.arrayContaining(fresh.map(({ id }) => id)));
  client.clear();
});

const users = ["usr-1", "usr-2"].map((id) => ({ id, name: id }));
const day = fc.nat(8).map((of) => `2026-01-0${of + 1}`);
const fields = fc.record(
  {
    name: fc.constantFrom("North.gate", "North", "south", "Zeta", "Straße", "A+B"),
    plan: fc.constantFrom("Growth", "Free"),
    status: fc.constantFrom("active", "at risk"),
    ownerId: fc.constantFrom("usr-1", "usr-2", null),
    mrr: fc.constantFrom(0, 10, 900, null),
    renewalDate: fc.oneof(day, fc.constant(null)),
  },
  { requiredKeys: [] },
);
const filters: fc.Arbitrary<AccountFilter> = fc.record({
  text: fc.constantFrom("", "", "", "o", "north", "Account 1", "th.", "SS"),
  ownerId: fc.constantFrom(null, null, "usr-1"),
  plan: fc.constantFrom(null, null, "Free"),
  status: fc.constantFrom(null, null, "at risk"),
  renewal: fc.constantFrom(null, null, ["2026-01-03", "2026-01-06"] as const),
  ids: fc.constantFrom(null, null, null, [], ["acc-1", "acc-3", "acc-5", "acc-105"]),
  group: fc.constantFrom(null, ...accountGroups),
  sort: fc.constantFrom(...accountSorts, "lastActivityAt" as const),
  isDescending: fc.boolean(),
});
const step = fc.oneof(
  fc.record({ do: fc.constant("change" as const), id: fc.oneof(fc.nat(6), fc.nat(65)), fields }),
  fc.record({ do: fc.constant("create" as const), id: fc.nat(20), fields }),
  fc.record({ do: fc.constant("delete" as const), id: fc.nat(65) }),
  fc.record({ do: fc.constant("log" as const), id: fc.oneof(fc.nat(6), fc.nat(65)), day }),
  fc.record({ do: fc.constant("unlog" as const), id: fc.nat(30) }),
  fc.record({ do: fc.constant("pin" as const), id: fc.nat(30) }),
  fc.record({ do: fc.constant("more" as const) }),
  fc.record({ do: fc.constant("wait" as const) }),
);

test("after any changes a list is that of a fresh read of the API, also where a page is read before they are known", async () => {
  let patches = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(6, 60),
      fc.array(filters, { minLength: 3, maxLength: 3 }),
      fc.array(step, { minLength: 25, maxLength: 50 }),
      async (count, chosen, steps) => {
        const cleanUps: (() => unknown)[] = [];
        const later = (undo: () => unknown) => void cleanUps.unshift(undo);
        const accounts = Array.from({ length: count }, (_, at) => ({
          id: `acc-${at}`,
          name: `Account ${at}`,
          plan: at % 2 ? "Free" : "Growth",
          status: at % 3 ? "active" : "at risk",
          ownerId: at % 4 ? "usr-1" : null,
          ...(at % 5 > 0 && { mrr: at % 7, renewalDate: `2026-01-0${(at % 9) + 1}` }),
        }));
        const activities = Array.from({ length: 20 }, (_, at) => ({
          id: `act-${at}`,
          accountId: `acc-${at % 6}`,
          kind: "note",
          title: "Note",
          at: `2026-01-0${(at % 9) + 1}T00:00:00.000Z`,
          pinned: false,
        }));
        const file = makeFile({ users, accounts, activities }, later);
        const { get, call, base } = await startApi({ file }, later);
        const api = createApi({ tabId: "test", baseUrl: base });
        const client = new QueryClient();
        const lists = await Promise.all(
          chosen.map(async (filter) => {
            const options = accountListQuery({ api, isLive: () => true }, toAccountsQuery(filter));
            const observer = new InfiniteQueryObserver(client, options);
            await observer.refetch();
            return { ...options, observer };
          }),
        );
        const held = (options: (typeof lists)[number]) =>
          client.getQueryData(options.queryKey) as AccountPages;

        async function catchUp(options: (typeof lists)[number]) {
          const from = asOf(held(options));
          const { json } = await get(`/changes?since=${from?.epoch}.${from?.rev}`);
          const latest = new Map<string, Change>();
          for (const each of json.changes as Change[]) {
            const key = `${each.resource}/${each.id} ${each.parents.accountId}`;
            latest.delete(key);
            latest.set(key, each);
          }
          for (const each of latest.values()) {
            const effect = accountListQuery.effect(each, held(options), options.queryKey);
            if (effect === "stale") {
              await options.observer.refetch();
              return;
            }
            if (typeof effect !== "object") continue;
            patches += 1;
            client.setQueryData(options.queryKey, effect.patched as never);
          }
        }
        async function compare(options: (typeof lists)[number]) {
          const fresh = (await get(`/accounts?${options.queryKey[1]}`)).rows;
          const shown = held(options).pages.flatMap(({ rows }) => rows);
          expect(shown.map(({ id, version }) => ({ id, version }))).toEqual(
            fresh.slice(0, shown.length).map(({ id, version }) => ({ id, version })),
          );
          for (const [at, { lastActivityAt, name }] of shown.entries()) {
            expect(name).toBe(fresh[at]?.name);
            if (lastActivityAt !== undefined)
              expect(lastActivityAt).toBe(fresh[at]?.lastActivityAt);
          }
          expect(totalOf(held(options))).toBe(fresh.length);
          expect(held(options).pages.at(-1)?.more).toBe(fresh.length > shown.length);
        }

        for (const each of steps) {
          if (each.do === "change") await call("PATCH", `/accounts/acc-${each.id}`, each.fields);
          else if (each.do === "create") {
            const id = `acc-${100 + each.id}`;
            const needed = { name: `New ${each.id}`, plan: "Free", status: "active" };
            await call("POST", "/accounts", { ...needed, ...each.fields, id });
          } else if (each.do === "delete") await call("DELETE", `/accounts/acc-${each.id}`);
          else if (each.do === "log") {
            const at = `${each.day}T12:00:00.000Z`;
            const of = { accountId: `acc-${each.id}`, kind: "call", title: "Call", at };
            await call("POST", "/activities", { id: `act-${20 + (each.id % 10)}`, ...of });
          } else if (each.do === "unlog") await call("DELETE", `/activities/act-${each.id}`);
          else if (each.do === "pin")
            await call("PATCH", `/activities/act-${each.id}`, { pinned: true });
          else if (each.do === "more") {
            for (const { observer } of lists)
              if (observer.getCurrentResult().hasNextPage) await observer.fetchNextPage();
          } else
            for (const options of lists) {
              await catchUp(options);
              await compare(options);
            }
        }
        for (const options of lists) {
          await catchUp(options);
          await compare(options);
        }
        client.clear();
        for (const undo of cleanUps) await undo();
      },
    ),
    { numRuns: 12 },
  );
  // Not in vain. How many they are is by chance.
  expect(patches).toBeGreaterThan(3);
}, 180_000);
