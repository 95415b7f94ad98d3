import { describe, expect, test } from "vitest";
import type { AccountDetails } from "#contract/rows.ts";
import type { Change } from "#sync";
import { accountQuery } from "./account.ts";

const account: AccountDetails = {
  id: "acc-1",
  name: "Aldgate",
  plan: "Growth",
  status: "active",
  notes: "",
  version: 3,
  pinnedCount: 4,
  activityCount: 40,
};
const asOf = { epoch: "e", rev: 3 };
const change = (more: Partial<Change>): Change => ({
  rev: 9,
  resource: "accounts",
  id: "acc-1",
  op: "update",
  version: 9,
  parents: {},
  row: { ...account, name: "Aldgate East", version: 9 },
  ...more,
});
const pin = change({
  resource: "activities",
  id: "act-1",
  parents: { accountId: "acc-1" },
});

const effectOn = (of: Change, id: string, data: unknown) =>
  accountQuery.effect(of, data, ["account", id]);

describe("the account details", () => {
  const data = { row: account, asOf };
  const counted = (rev: number, pinnedCount: number) => ({
    ...pin,
    rev,
    derived: { "accounts/acc-1": { pinnedCount, activityCount: 41 } },
  });
  test("take the counts that a pin brings, and must be read again where it brings none", () => {
    const patched = { patched: { row: { pinnedCount: 5, activityCount: 41 }, countsAt: 9, asOf } };
    expect(effectOn(counted(9, 5), "acc-1", data)).toMatchObject(patched);
    for (const derived of [undefined, {}, { "accounts/acc-1": { pinnedCount: "5" } }])
      expect(effectOn({ ...pin, ...(derived && { derived }) }, "acc-1", data)).toBe("stale");
    expect(effectOn(counted(9, 5), "acc-2", data)).toBe("none");
  });
  test("keep the counts of the latest change, in whatever order changes come", () => {
    const later = { ...data, countsAt: 9 };
    expect(effectOn(counted(8, 4), "acc-1", later)).toBe("known");
    expect(effectOn(counted(10, 6), "acc-1", later)).toMatchObject({ patched: { countsAt: 10 } });
  });
  test("take new fields and keep the counts", () => {
    const effect = effectOn(change({}), "acc-1", data);
    expect(effect).toMatchObject({
      patched: { row: { name: "Aldgate East", pinnedCount: 4, activityCount: 40, version: 9 } },
    });
  });
  test("have no field any more that a change does not have", () => {
    const held = { ...data, row: { ...account, mrr: 40, city: "Graz" } };
    const effect = effectOn(
      change({ row: { ...account, city: "Graz", version: 9 } }),
      "acc-1",
      held,
    );
    expect(effect).toEqual({ patched: { asOf, row: { ...account, city: "Graz", version: 9 } } });
  });
  test("know what they already hold, and that a deleted account must be asked for", () => {
    expect(effectOn(change({ version: 3, rev: 3 }), "acc-1", data)).toBe("known");
    expect(effectOn(change({ op: "delete" }), "acc-1", data)).toBe("stale");
    expect(effectOn(change({ resource: "users" }), "acc-1", data)).toBe("none");
  });
});
