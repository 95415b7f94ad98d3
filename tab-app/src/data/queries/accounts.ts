import { accountSchema } from "#contract/rows.ts";
import { collection } from "./collection.ts";
import { defineQuery } from "./define-query.ts";

/**
 * Every account, in the server's order. It holds nothing derived: only a change of an account touches it.
 * Names and plans change rarely: five minutes.
 */
export const accountsQuery = defineQuery({
  ...collection("accounts", accountSchema),
  freshFor: 300_000,
});
