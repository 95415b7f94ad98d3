import * as z from "zod/mini";
import { accountDetailsSchema } from "#contract/rows.ts";
import { baseOf, defineWrite, pathTo } from "#data/outbox/define-write.ts";
import {
  accountFieldsSchema,
  fieldsOfAccount,
  heldAccountFieldsSchema,
  rowOfFields,
} from "#data/outbox/fields.ts";
import { inverseEdit } from "#data/outbox/inverse-edit.ts";
import { patchMerging } from "#data/outbox/patch-merging.ts";
import { editSubject } from "#data/storage/draft-subject.ts";

export const editAccount = defineWrite({
  type: "edit account",
  resource: "accounts",
  data: {
    base: baseOf(heldAccountFieldsSchema),
    /** Only what differs from `base`. */
    changes: z.partial(accountFieldsSchema),
  },
  send: (api, { id, base, changes }, isWanted) =>
    patchMerging(api, pathTo("accounts", id), accountDetailsSchema, {
      base,
      changes,
      fieldsOf: fieldsOfAccount,
      bodyOf: rowOfFields,
      isWanted,
    }),
  lay: (row, { changes }) => row && { ...row, ...rowOfFields(changes) },
  inverse({ key: _, ...write }, row) {
    const left = row && { version: row.version, fields: fieldsOfAccount(row) };
    const edit = inverseEdit(write, left);
    return edit && { ...write, ...edit };
  },
  draftOf: ({ id }) => editSubject(id),
});
