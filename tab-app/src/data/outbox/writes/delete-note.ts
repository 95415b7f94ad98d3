import * as z from "zod/mini";
import { activitySchema } from "#contract/rows.ts";
import { defineWrite, idSchema, pathTo } from "#data/outbox/define-write.ts";
import { ApiError } from "#data/server/api-error.ts";

/** What is gone already is deleted: the first answer to a retry was lost. */
export const deleteNote = defineWrite({
  type: "delete note",
  resource: "activities",
  data: { accountId: idSchema, title: z.string(), kind: z.exactOptional(z.string()) },
  async send(api, { id, key }) {
    try {
      return await api.delete(pathTo("activities", id), activitySchema, key);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return null;
      throw error;
    }
  },
  lay: () => undefined,
});
