import * as z from "zod/mini";
import { accountDetailsSchema, storedAccountSchema } from "#contract/rows.ts";
import { defineWrite, pathTo } from "#data/outbox/define-write.ts";
import { deleteSeen } from "#data/outbox/delete-seen.ts";
import { unlessGone } from "#data/outbox/unless-gone.ts";
import { accountRowSchema } from "./account-row.ts";

/** Our API refuses it while activities or tasks belong to the account; a plain json-server deletes those with it. */
export const deleteAccount = defineWrite({
  type: "delete account",
  resource: "accounts",
  data: {
    name: z.string(),
    /** The account as it was shown. */
    row: z.exactOptional(storedAccountSchema),
    /** Deletes the account only as it was left. */
    seen: z.exactOptional(z.object({ version: z.int(), row: accountRowSchema })),
  },
  send(api, { id, key, seen }, isWanted) {
    const path = pathTo("accounts", id);
    return unlessGone(
      seen
        ? deleteSeen(api, path, storedAccountSchema, { key, seen, isWanted })
        : api.delete(path, accountDetailsSchema, key),
    );
  },
  lay: () => undefined,
  inverse({ id, row: shown }, answered) {
    const before = answered ?? shown;
    if (!before) return null;
    const row = accountRowSchema.parse(before);
    return { type: "create account", id, row, ...(before.version > 0 && { isRestored: true }) };
  },
  holdsParts: true,
});
