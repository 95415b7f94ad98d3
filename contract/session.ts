import * as z from "zod/mini";
import { roles, type Who } from "./who.ts";

/** Where a browser keeps its sign-in, for all tabs and remotes of the panes' origin. */
export const sessionKey = "tandem-session";

const sessionSchema = z.object({
  /** Each sign-in and sign-out has a new one. */
  id: z.string().check(z.minLength(1)),
  who: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("guest") }),
    z.object({
      kind: z.literal("out"),
      byProvider: z.optional(z.boolean()),
      discards: z.optional(z.boolean()),
    }),
    z.object({
      kind: z.literal("user"),
      id: z.string().check(z.minLength(1), z.maxLength(200)),
      role: z.optional(z.enum(roles)),
      /** Whose rows these are; left out, those of the main one. */
      workspace: z.optional(z.string()),
    }),
  ]),
});

/**
 * The sign-in that all tabs of this origin share. Each sign-in and sign-out has a new id: data that was read
 * in one session is never shown in another. A `guest` works without signing in. `out`: signed out, and no data
 * is shown until the next sign-in.
 *
 * Where people sign in at a provider, a user has a `role`, and who one is comes from the server's cookie. Of a session that
 * ended there, unsent work is kept for its user, unless they discarded it (`discards`).
 */
export type Session = z.infer<typeof sessionSchema>;

export const guest: Session = { id: "guest", who: { kind: "guest" } };

/** The id of what comes after a session of a provider, the same in all tabs. */
export const afterSession = (id: string) => `after ${id}`;

/** What a browser keeps under `sessionKey`: nothing, a session, or what cannot be read, which counts as signed out. */
export function parseSession(text: string | null): Session {
  if (text === null) return guest;
  try {
    return sessionSchema.parse(JSON.parse(text));
  } catch {
    return { id: `unreadable ${text}`, who: { kind: "out" } };
  }
}

/** The session that holds, where this one is kept and the server's cookie says `told`. */
export function currentSession(kept: Session, told: Who | null): Session {
  const { id, who } = kept;
  if (!told) {
    // A session of a provider lasts as long as its cookie.
    const isOver = who.kind === "user" && who.role !== undefined;
    return isOver ? { id: afterSession(id), who: { kind: "out", byProvider: true } } : kept;
  }
  // Signed out: the cookie of that session may still be there.
  if (told.sessionId === id || afterSession(told.sessionId) === id) return kept;
  return {
    id: told.sessionId,
    who: { kind: "user", id: told.userId, role: told.role, workspace: told.workspace },
  };
}
