import { bodyLimit, titleLimit } from "#contract/rows.ts";
import type { NoteFields } from "#data/outbox/fields.ts";

/** The first line is the title, what follows the body. */
export function noteOfText(text: string): NoteFields {
  const [title = "", ...body] = text.trim().split("\n");
  // Blank lines between the two are for the eye of who types.
  return { title: title.trim(), body: body.join("\n").replace(/^\s*\n/, "") };
}

export function textOfNote({ title, body }: NoteFields): string {
  return body ? `${title}\n${body}` : title;
}

/** Why this is no note yet, in words; null where it is one. */
export function problemOfNote({ title, body }: NoteFields): string | null {
  if (title === "") return "Write something first.";
  if (title.length > titleLimit)
    return `The first line is the title and holds ${count(titleLimit)} characters at most. It has ${count(title.length)}.`;
  if (body.length > bodyLimit)
    return `What follows the first line holds ${count(bodyLimit)} characters at most. It has ${count(body.length)}.`;
  return null;
}

/** The fields of `note` that differ from `base`. */
export function changesOfNote(base: NoteFields, note: NoteFields): Partial<NoteFields> {
  return {
    ...(note.title !== base.title && { title: note.title }),
    ...(note.body !== base.body && { body: note.body }),
  };
}

function count(characters: number): string {
  return characters.toLocaleString("en");
}
