import * as z from "zod/mini";
import { activitySchema } from "#contract/rows.ts";
import { defineWrite, idSchema } from "#data/outbox/define-write.ts";
import { orIsBack } from "#data/outbox/or-is-back.ts";

/**
 * A note, or a call, an email or a meeting that is logged. Its id is ours, so that later writes can name the row; its
 * key makes a retry the same note. The server dates it: `at` is what the clock of this browser said, which may be wrong.
 */
export const createNote = defineWrite({
  type: "create note",
  resource: "activities",
  data: {
    accountId: idSchema,
    row: z.omit(activitySchema, { version: true }),
    /** A note that was deleted comes back as it was, `at` included. */
    isRestored: z.exactOptional(z.literal(true)),
    /** The person said when it was: `at` is no reading of a clock. */
    isDated: z.exactOptional(z.literal(true)),
  },
  send(api, { row, key, ...write }) {
    const age = keepsTime(write) ? undefined : ageOf(row.at);
    return orIsBack(write.isRestored, api.post("/activities", row, activitySchema, key, age));
  },
  // The server may have it already, and its row counts.
  lay: (row, write) => row ?? { ...write.row, version: 0 },
  inverse: ({ id, accountId, row }, answered) => {
    const { version, ...left } = answered ?? { ...row, version: 0 };
    // The server dates a new note: until it has, its time is not known.
    const { at, ...rest } = left;
    const seen = { version, row: version > 0 ? { ...rest, at } : rest };
    return { type: "delete note", id, accountId, title: row.title, kind: row.kind, seen };
  },
  isNew: (write) => !keepsTime(write),
});

/** Whether the server is to take `at` as it is. */
function keepsTime({ isRestored, isDated }: { isRestored?: true; isDated?: true }): boolean {
  return isRestored === true || isDated === true;
}

/** Milliseconds since the person wrote it; 0 where the clock was set back meanwhile. */
function ageOf(at: string): number {
  return Math.max(0, Date.now() - Date.parse(at));
}
