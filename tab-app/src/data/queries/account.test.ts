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
  test("must be read again for a pin, whose count only the server knows", () => {
    expect(effectOn(pin, "acc-1", data)).toBe("stale");
    expect(effectOn(pin, "acc-2", data)).toBe("none");
  });
  test("take new fields and keep the counts", () => {
    const effect = effectOn(change({}), "acc-1", data);
    expect(effect).toMatchObject({
      patched: { row: { name: "Aldgate East", pinnedCount: 4, activityCount: 40, version: 9 } },
    });
  });
  test("know what they already hold, and that a deleted account must be asked for", () => {
    expect(effectOn(change({ version: 3, rev: 3 }), "acc-1", data)).toBe("known");
    expect(effectOn(change({ op: "delete" }), "acc-1", data)).toBe("stale");
    expect(effectOn(change({ resource: "users" }), "acc-1", data)).toBe("none");
  });
});
