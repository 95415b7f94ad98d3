import * as z from "zod/mini";
import { activitySchema } from "#contract/rows.ts";
import { defineWrite, idSchema } from "#data/outbox/define-write.ts";

/**
 * Its id is ours, so that later writes can name the row; its key makes a retry the same note. The server dates
 * it: `at` is what the clock of this browser said, which may be wrong.
 */
export const createNote = defineWrite({
  type: "create note",
  resource: "activities",
  data: {
    accountId: idSchema,
    row: z.omit(activitySchema, { version: true }),
    /** A note that was deleted comes back as it was, `at` included. */
    isRestored: z.exactOptional(z.literal(true)),
  },
  send: (api, { row, key, isRestored }) =>
    api.post("/activities", row, activitySchema, key, isRestored ? undefined : ageOf(row.at)),
  // The server may have it already, and its row counts.
  lay: (row, write) => row ?? { ...write.row, version: 0 },
  isNew: ({ isRestored }) => !isRestored,
});

/** Milliseconds since the person wrote it; 0 where the clock was set back meanwhile. */
function ageOf(at: string): number {
  return Math.max(0, Date.now() - Date.parse(at));
}
