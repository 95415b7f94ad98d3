import { describe, expect, test } from "vitest";
import type { AccountDetails } from "#contract/rows.ts";
import type { Change } from "#sync";
import { effectOnAccount, effectOnAccounts } from "./accounts.ts";

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

describe("the account list", () => {
  test("takes a renamed account in place", () => {
    expect(effectOnAccounts(change({}), { rows: [account], asOf })).toMatchObject({
      patched: { rows: [{ name: "Aldgate East" }] },
    });
  });
  test("holds nothing that a pin could change", () => {
    expect(effectOnAccounts(pin, { rows: [account], asOf })).toBe("none");
  });
  test("loses a deleted account, and asks the server for the place of a new one", () => {
    const data = { rows: [account], asOf };
    expect(effectOnAccounts(change({ op: "delete" }), data)).toEqual({
      patched: { rows: [], asOf },
    });
    expect(effectOnAccounts(change({ op: "create", id: "acc-2" }), data)).toBe("stale");
  });
});

describe("the account details", () => {
  const data = { row: account, asOf };
  test("must be read again for a pin, whose count only the server knows", () => {
    expect(effectOnAccount(pin, "acc-1", data)).toBe("stale");
    expect(effectOnAccount(pin, "acc-2", data)).toBe("none");
  });
  test("take new fields and keep the counts", () => {
    const effect = effectOnAccount(change({}), "acc-1", data);
    expect(effect).toMatchObject({
      patched: { row: { name: "Aldgate East", pinnedCount: 4, activityCount: 40, version: 9 } },
    });
  });
  test("know what they already hold, and that a deleted account must be asked for", () => {
    expect(effectOnAccount(change({ version: 3, rev: 3 }), "acc-1", data)).toBe("known");
    expect(effectOnAccount(change({ op: "delete" }), "acc-1", data)).toBe("stale");
    expect(effectOnAccount(change({ resource: "users" }), "acc-1", data)).toBe("none");
  });
});
