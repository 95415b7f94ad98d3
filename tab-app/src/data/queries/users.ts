import { userSchema } from "#contract/rows.ts";
import { collection } from "./collection.ts";
import { defineQuery } from "./define-query.ts";

/** The people who own accounts and write activities. They hardly ever change: an hour. */
export const usersQuery = defineQuery({
  ...collection("users", userSchema),
  freshFor: 3_600_000,
});
