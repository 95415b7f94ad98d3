import * as z from "zod";
import { activitySchema } from "#contract/rows.ts";
import { defineWrite, idSchema, pathTo } from "#data/outbox/define-write.ts";

/** Sets a value, so that it may be sent twice. */
export const pin = defineWrite({
  type: "pin",
  resource: "activities",
  data: {
    accountId: idSchema,
    /** For people: the row as they know it. */
    title: z.string(),
    pinned: z.boolean(),
  },
  send: (api, { id, pinned }) => api.patch(pathTo("activities", id), { pinned }, activitySchema),
  lay: (row, { pinned }) => row && { ...row, pinned },
});
