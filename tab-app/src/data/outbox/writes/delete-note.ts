import * as z from "zod/mini";
import { activitySchema } from "#contract/rows.ts";
import { defineWrite, idSchema, pathTo } from "#data/outbox/define-write.ts";
import { deleteSeen } from "#data/outbox/delete-seen.ts";
import { ApiError } from "#data/server/api-error.ts";

/** What is gone already is deleted: the first answer to a retry was lost. */
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
  async send(api, { id, key, seen }, isWanted) {
    const path = pathTo("activities", id);
    try {
      if (seen) return await deleteSeen(api, path, { key, seen, isWanted });
      return await api.delete(path, activitySchema, key);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null;
      throw error;
    }
  },
  lay: () => undefined,
  inverse({ id, accountId, row: shown }, answered) {
    const before = answered ?? shown;
    if (!before) return null;
    const { version, ...row } = before;
    const isDated = version !== undefined;
    return { type: "create note", id, accountId, row, ...(isDated && { isRestored: true }) };
  },
});
