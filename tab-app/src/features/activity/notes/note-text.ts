import { bodyLimit, titleLimit } from "#contract/rows.ts";
import type { NoteFields } from "#data/outbox/fields.ts";

/** Parses a text: the first line is the title, the rest the body. */
export function noteOfText(text: string): NoteFields {
  const [title = "", ...body] = text.trim().split("\n");
  // Blank lines between the two are not part of the note.
  return { title: title.trim(), body: body.join("\n").replace(/^\s*\n/, "") };
}

export function textOfNote({ title, body }: NoteFields): string {
  return body ? `${title}\n${body}` : title;
}

/** Why the note cannot be sent; null when it can. */
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
