import * as z from "zod/mini";
import { activitySchema } from "#contract/rows.ts";
import { defineWrite, idSchema, pathTo } from "#data/outbox/define-write.ts";
import { deleteSeen } from "#data/outbox/delete-seen.ts";
import { unlessGone } from "#data/outbox/unless-gone.ts";

export const deleteNote = defineWrite({
  type: "delete note",
  resource: "activities",
  data: {
    accountId: idSchema,
    title: z.string(),
    kind: z.exactOptional(z.string()),
    /** The note as it was shown, without a version where the server has not dated it yet. */
    row: z.exactOptional(z.partial(activitySchema, { version: true })),
    /** What was typed over it and not saved. */
    draft: z.optional(z.unknown()),
    /** Deletes the note only as it was left. */
    seen: z.exactOptional(
      z.object({ version: z.int(), row: z.partial(z.omit(activitySchema, { version: true })) }),
    ),
  },
  send(api, { id, key, seen }, isWanted) {
    const path = pathTo("activities", id);
    return unlessGone(
      seen
        ? deleteSeen(api, path, activitySchema, { key, seen, isWanted })
        : api.delete(path, activitySchema, key),
    );
  },
  lay: () => undefined,
  inverse({ id, row: shown }, answered) {
    const before = answered ?? shown;
    if (!before) return null;
    const { version, ...row } = before;
    const isDated = version !== undefined;
    return {
      type: "create note",
      id,
      // It may have been moved to another account since it was shown.
      accountId: row.accountId,
      row,
      ...(isDated && { isRestored: true }),
    };
  },
});
