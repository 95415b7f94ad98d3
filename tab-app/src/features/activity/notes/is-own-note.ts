import type { Activity } from "#contract/rows.ts";
import type { Session } from "#data/session/session.ts";

/** Whether this person may edit and delete it. A guest owns what nobody has signed. */
export function isOwnNote(row: Pick<Activity, "kind" | "authorId">, who: Session["who"]): boolean {
  return row.kind === "note" && (row.authorId ?? null) === authorOf(who);
}

/** Under which name a note of this person goes. */
export function authorOf(who: Session["who"]): string | null {
  return who.kind === "user" ? who.id : null;
}
