import { activitySchema } from "#contract/rows.ts";
import { defineWrite, idSchema } from "#data/outbox/define-write.ts";

/** Its id is ours, so that later writes can name the row; its key makes a retry the same note. */
export const createNote = defineWrite({
  type: "create note",
  resource: "activities",
  data: { accountId: idSchema, row: activitySchema.omit({ version: true }) },
  send: (api, { row, key }) => api.post("/activities", row, activitySchema, key),
  // The server may have it already, and its row counts.
  lay: (row, write) => row ?? { ...write.row, version: 0 },
});
