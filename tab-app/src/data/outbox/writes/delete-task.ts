import * as z from "zod/mini";
import { taskSchema } from "#contract/rows.ts";
import { defineWrite, idSchema, pathTo } from "#data/outbox/define-write.ts";
import { unlessGone } from "#data/outbox/unless-gone.ts";

export const deleteTask = defineWrite({
  type: "delete task",
  resource: "tasks",
  data: {
    accountId: idSchema,
    title: z.string(),
    /** The task as it was shown, without a version where the server has not dated it yet. */
    row: z.exactOptional(z.partial(taskSchema, { version: true })),
    /** Deletes the task only in this version. */
    seenVersion: z.exactOptional(z.int()),
  },
  send: (api, { id, key, seenVersion }) =>
    unlessGone(api.delete(pathTo("tasks", id), taskSchema, key, seenVersion)),
  lay: () => undefined,
  inverse({ id, row: shown }, answered) {
    const before = answered ?? shown;
    if (!before?.createdAt) return null;
    const { version, ...row } = before;
    const isDated = version !== undefined;
    return {
      type: "create task",
      id,
      // It may have been moved to another account since it was shown.
      accountId: row.accountId,
      row,
      ...(isDated && { isRestored: true }),
    };
  },
});
