import * as z from "zod/mini";
import { baseOf } from "#data/outbox/define-write.ts";
import {
  type AccountFields,
  accountFieldNames,
  accountFieldsSchema,
  heldAccountFieldsSchema,
} from "#data/outbox/fields.ts";
import type { Typed } from "./merge-typed.ts";

const draftSchema = z.object({
  base: baseOf(heldAccountFieldsSchema),
  /** Only the fields that were typed in. */
  fields: z.partial(accountFieldsSchema),
});

export function draftOf(
  { over, mine }: Typed,
  shown: AccountFields,
  version: number,
): z.infer<typeof draftSchema> {
  return { base: { version, fields: { ...shown, ...over } }, fields: mine };
}

/** The fields in which a draft differs from the record; null for none, and for junk. */
export function readEditDraft(value: unknown, theirs: AccountFields): Typed | null {
  const { data } = draftSchema.safeParse(value);
  if (!data) return null;
  const { base, fields } = data;
  const over: Partial<AccountFields> = {};
  const mine: Partial<AccountFields> = {};
  for (const field of accountFieldNames) {
    const text = fields[field];
    if (text === undefined || text === theirs[field]) continue;
    over[field] = base.fields[field];
    mine[field] = text;
  }
  return Object.keys(mine).length > 0 ? { over, mine } : null;
}
