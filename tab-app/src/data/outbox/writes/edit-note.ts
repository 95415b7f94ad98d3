import * as z from "zod/mini";
import { activitySchema } from "#contract/rows.ts";
import { baseOf, defineWrite, idSchema, pathTo } from "#data/outbox/define-write.ts";
import { defined, fieldsOfNote, noteFieldsSchema } from "#data/outbox/fields.ts";
import { inverseEdit } from "#data/outbox/inverse-edit.ts";
import { patchMerging } from "#data/outbox/patch-merging.ts";
import { noteEditSubject } from "#data/storage/draft-subject.ts";

export const editNote = defineWrite({
  type: "edit note",
  resource: "activities",
  data: {
    accountId: idSchema,
    kind: z.exactOptional(z.string()),
    base: baseOf(noteFieldsSchema),
    /** Only what differs from `base`. */
    changes: z.partial(noteFieldsSchema),
  },
  send: (api, { id, base, changes }, isWanted) =>
    patchMerging(api, pathTo("activities", id), activitySchema, {
      base,
      changes,
      fieldsOf: fieldsOfNote,
      bodyOf: defined,
      isWanted,
    }),
  lay: (row, { changes }) => row && { ...row, ...defined(changes) },
  inverse({ key: _, ...write }, row) {
    const left = row && { version: row.version, fields: fieldsOfNote(row) };
    const edit = inverseEdit(write, left);
    return edit && { ...write, ...edit };
  },
  draftOf: ({ accountId, id }) => noteEditSubject(accountId, id),
});
