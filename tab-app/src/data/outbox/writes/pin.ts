import * as z from "zod/mini";
import { activitySchema } from "#contract/rows.ts";
import { defineWrite, idSchema, pathTo } from "#data/outbox/define-write.ts";

/** Its key makes a retry the same press: one that arrives late, after other presses, changes nothing. */
export const pin = defineWrite({
  type: "pin",
  resource: "activities",
  data: {
    accountId: idSchema,
    /** For people: the row as they know it. */
    title: z.string(),
    pinned: z.boolean(),
  },
  send: (api, { id, pinned, key }) =>
    api.patch(pathTo("activities", id), { pinned }, activitySchema, key),
  lay: (row, { pinned }) => row && { ...row, pinned },
  // Of two values there is nothing to go over: the row has the one that this pin left, or it is taken back already.
  inverse: ({ key: _, ...write }) => ({ ...write, pinned: !write.pinned }),
});
