import * as z from "zod/mini";
import { taskSchema } from "#contract/rows.ts";
import { baseOf, defineWrite, idSchema, pathTo } from "#data/outbox/define-write.ts";
import { fieldsOfTask, taskFieldsSchema, taskOfFields } from "#data/outbox/fields.ts";
import { inverseEdit } from "#data/outbox/inverse-edit.ts";
import { patchMerging } from "#data/outbox/patch-merging.ts";

/** Completing a task is an edit as well: whoever else completed it meanwhile is not in its way. */
export const editTask = defineWrite({
  type: "edit task",
  resource: "tasks",
  data: {
    accountId: idSchema,
    base: baseOf(taskFieldsSchema),
    /** Only what differs from `base`. */
    changes: z.partial(taskFieldsSchema),
  },
  send: (api, { id, base, changes }, isWanted) =>
    patchMerging(api, pathTo("tasks", id), taskSchema, {
      base,
      changes,
      fieldsOf: fieldsOfTask,
      bodyOf: taskOfFields,
      isWanted,
    }),
  inverse({ key: _, ...write }, row) {
    const left = row && { version: row.version, fields: fieldsOfTask(row) };
    const edit = inverseEdit(write, left);
    return edit && { ...write, ...edit };
  },
  lay: (row, { changes }) => row && { ...row, ...taskOfFields(changes) },
});
