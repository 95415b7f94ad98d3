import { describe, expect, test } from "vitest";
import type { Account } from "#contract/rows.ts";
import type { Change } from "#sync";
import { accountsQuery } from "./accounts.ts";

const account: Account = {
  id: "acc-1",
  name: "Aldgate",
  plan: "Growth",
  status: "active",
  notes: "",
  version: 3,
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

const effectOn = (of: Change, data: unknown) => accountsQuery.effect(of, data, ["accounts"]);

describe("the account list", () => {
  test("takes a renamed account in place", () => {
    expect(effectOn(change({}), { rows: [account], asOf })).toMatchObject({
      patched: { rows: [{ name: "Aldgate East" }] },
    });
  });
  test("holds nothing that a pin could change", () => {
    expect(effectOn(pin, { rows: [account], asOf })).toBe("none");
  });
  test("loses a deleted account, and asks the server for the place of a new one", () => {
    const data = { rows: [account], asOf };
    expect(effectOn(change({ op: "delete" }), data)).toEqual({
      patched: { rows: [], asOf },
    });
    expect(effectOn(change({ op: "create", id: "acc-2" }), data)).toBe("stale");
  });
});
