import type { Activity } from "#contract/rows.ts";
import type { Session } from "#data/session/session.ts";

/** Whether the user of this session may edit and delete the note. A guest owns the notes without an author. */
export function isOwnNote(row: Pick<Activity, "kind" | "authorId">, who: Session["who"]): boolean {
  return row.kind === "note" && (row.authorId ?? null) === authorOf(who);
}

/** The `authorId` of notes written in this session. */
export function authorOf(who: Session["who"]): string | null {
  return who.kind === "user" ? who.id : null;
}
