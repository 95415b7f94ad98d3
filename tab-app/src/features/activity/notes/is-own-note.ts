import type { Activity } from "#contract/rows.ts";
import type { Session } from "#data/session/session.ts";
import { isLoggedKind } from "./logged-kinds.ts";

/** Whether the user of this session logged it, and may edit and delete it. A guest owns what has no author. */
export function isOwnNote(row: Pick<Activity, "kind" | "authorId">, who: Session["who"]): boolean {
  return isLoggedKind(row.kind) && (row.authorId ?? null) === authorOf(who);
}

/** The `authorId` of notes written in this session. */
export function authorOf(who: Session["who"]): string | null {
  return who.kind === "user" ? who.id : null;
}
