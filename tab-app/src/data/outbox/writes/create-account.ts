import * as z from "zod/mini";
import { accountDetailsSchema } from "#contract/rows.ts";
import { defineWrite } from "#data/outbox/define-write.ts";
import { orIsBack } from "#data/outbox/or-is-back.ts";
import { accountRowSchema } from "./account-row.ts";

/** As of a note: its id is ours, and its key makes a retry the same account. */
export const createAccount = defineWrite({
  type: "create account",
  resource: "accounts",
  data: {
    row: accountRowSchema,
    /** An account that was deleted comes back as it was. */
    isRestored: z.exactOptional(z.literal(true)),
  },
  send: (api, { row, key, isRestored }) =>
    orIsBack(isRestored, api.post("/accounts", row, accountDetailsSchema, key)),
  lay: (row, write) =>
    row ?? { ...write.row, version: 0, pinnedCount: 0, activityCount: 0, lastActivityAt: "" },
  /** Deleted only as it was left. */
  inverse: ({ id, row }, answered) => {
    const { version, ...left } = answered ?? { ...row, version: 0 };
    const seen = { version, row: accountRowSchema.parse(left) };
    return { type: "delete account", id, name: row.name, seen };
  },
  holdsParts: true,
});
