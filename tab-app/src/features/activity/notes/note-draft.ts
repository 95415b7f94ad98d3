import { useMemo } from "react";
import * as z from "zod/mini";
import { useDraft } from "#data/hooks/use-work.ts";
import { baseOf } from "#data/outbox/define-write.ts";
import { noteFieldsSchema } from "#data/outbox/fields.ts";
import { newNoteSubject, noteEditSubject } from "#data/storage/draft-subject.ts";
import { loggedKinds } from "./logged-kinds.ts";

const textSchema = z.object({
  text: z.string(),
  /** Why the server refused it. */
  refusal: z.optional(z.string()),
});

const newNoteSchema = z.extend(textSchema, {
  /** A note where it says nothing. */
  kind: z.optional(z.enum(loggedKinds)),
  /** As a field for date and time has it; "" while none is typed. Where it is missing, the time is when it is sent. */
  when: z.optional(z.string()),
});
export type NewNoteDraft = z.infer<typeof newNoteSchema>;

const editSchema = z.extend(textSchema, {
  base: baseOf(noteFieldsSchema),
  /** The `at` of the note: its position in the feed. */
  at: z.optional(z.string()),
});
export type NoteEditDraft = z.infer<typeof editSchema>;

/** Shown with an edit that became the draft of a new note. */
export const deletedNoteRefusal =
  "The note that you were editing was deleted. What you typed can be added anew.";

export function readNoteEdit(value: unknown): NoteEditDraft | undefined {
  return editSchema.safeParse(value).data;
}

export function useNewNoteDraft(accountId: string): NewNoteDraft | undefined {
  const draft = useDraft(newNoteSubject(accountId));
  return useMemo(() => newNoteSchema.safeParse(draft?.value).data, [draft]);
}

export function useNoteEditDraft(accountId: string, activityId: string): NoteEditDraft | undefined {
  const draft = useDraft(noteEditSubject(accountId, activityId));
  return useMemo(() => readNoteEdit(draft?.value), [draft]);
}
