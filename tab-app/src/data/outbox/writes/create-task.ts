import * as z from "zod/mini";
import { taskSchema } from "#contract/rows.ts";
import { defineWrite, idSchema } from "#data/outbox/define-write.ts";
import { orIsBack } from "#data/outbox/or-is-back.ts";

/**
 * As of a note: its id is ours, its key makes a retry the same task, and the server dates it. `createdAt` is what the
 * clock of this browser said.
 */
export const createTask = defineWrite({
  type: "create task",
  resource: "tasks",
  data: {
    accountId: idSchema,
    row: z.required(z.omit(taskSchema, { version: true }), { createdAt: true }),
    /** A task that was deleted comes back as it was, with its times. */
    isRestored: z.exactOptional(z.literal(true)),
  },
  send(api, { row, key, isRestored }) {
    if (isRestored) return orIsBack(isRestored, api.post("/tasks", row, taskSchema, key));
    const { createdAt, ...task } = row;
    const age = Math.max(0, Date.now() - Date.parse(createdAt));
    return api.post("/tasks", task, taskSchema, key, age);
  },
  lay: (row, write) => row ?? { ...write.row, version: 0 },
  /** Deleted only as the server made it; until that has answered there is no version to name. */
  inverse: ({ id, accountId, row }, answered) =>
    answered
      ? { type: "delete task", id, accountId, title: row.title, seenVersion: answered.version }
      : null,
  isNew: ({ isRestored }) => !isRestored,
});
