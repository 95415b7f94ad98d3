import { countCharacters, hasAtMost } from "#contract/characters.ts";
import { bodyLimit, titleLimit } from "#contract/rows.ts";
import type { NoteFields } from "#data/outbox/fields.ts";
import { fromLocalTime } from "./local-time.ts";

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
  if (!hasAtMost(title, titleLimit))
    return `The first line is the title and holds ${titleLimit} characters at most. It has ${count(title)}.`;
  if (!hasAtMost(body, bodyLimit))
    return `What follows the first line holds ${bodyLimit.toLocaleString("en")} characters at most. It has ${count(body)}.`;
  return null;
}

/** Why the time, as a field has it, cannot be sent; null when it can, and for now. The server checks it by its own clock. */
export function problemOfTime(when: string | undefined, now = Date.now()): string | null {
  if (when === undefined) return null;
  const at = fromLocalTime(when);
  if (at === null) return "Say on which day and at what time it was.";
  return Date.parse(at) > now + 60_000 ? "That is still to come: choose a time until now." : null;
}

/** The fields of `note` that differ from `base`. */
export function changesOfNote(base: NoteFields, note: NoteFields): Partial<NoteFields> {
  return {
    ...(note.title !== base.title && { title: note.title }),
    ...(note.body !== base.body && { body: note.body }),
  };
}

function count(text: string): string {
  return countCharacters(text).toLocaleString("en");
}
