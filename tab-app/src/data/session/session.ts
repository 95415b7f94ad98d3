import * as z from "zod/mini";
import { randomDigits } from "#data/tabs/tab-id.ts";
import { createEmitter, listen } from "#sync";

const sessionSchema = z.object({
  id: z.string().check(z.minLength(1)),
  who: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("guest") }),
    z.object({ kind: z.literal("out") }),
    z.object({ kind: z.literal("user"), id: z.string().check(z.minLength(1), z.maxLength(200)) }),
  ]),
});

/**
 * The sign-in that all tabs of this origin share. Each sign-in and sign-out has a new id: data that was read
 * in one session is never shown in another. A `guest` works without signing in. `out`: signed out, and no data
 * is shown until the next sign-in.
 */
export type Session = Readonly<z.infer<typeof sessionSchema>>;

export interface SessionStore {
  get(): Session;
  subscribe(listener: () => void): () => void;
  /** Reads the session again: the event of another tab's change may still be under way. */
  check(): void;
  /** Ends the current session, and begins one for this user. */
  signIn(userId: string): void;
  /** Clears memory and disk in all tabs. */
  signOut(): void;
  close(): void;
}

export interface SessionStoreOptions {
  /** Null where there is none. */
  storage?: Pick<Storage, "getItem" | "setItem"> | null;
  page?: Window;
}

const storageKey = "tandem-session";
const guest: Session = { id: "guest", who: { kind: "guest" } };

/**
 * The `storage` event reports a change of another tab. A page that was frozen or in the back/forward cache
 * receives none, so it checks when it wakes, before anything is painted.
 */
export function createSessionStore({
  storage = openStorage(),
  page = globalThis.window,
}: SessionStoreOptions = {}): SessionStore {
  const changed = createEmitter<void>();
  let session = guest;
  session = read();

  function read(): Session {
    let text: string | null = null;
    try {
      if (!storage) return session;
      text = storage.getItem(storageKey);
      return text === null ? guest : sessionSchema.parse(JSON.parse(text));
    } catch {
      // Unreadable session: treat as signed out.
      return { id: `unreadable ${text}`, who: { kind: "out" } };
    }
  }
  function check() {
    const next = read();
    if (next.id === session.id) return;
    session = next;
    changed.emit();
  }
  function begin(who: Session["who"]) {
    session = { id: `${Date.now().toString(36)}-${randomDigits()}`, who };
    try {
      storage?.setItem(storageKey, JSON.stringify(session));
    } catch {
      // Full: this tab changes all the same.
    }
    changed.emit();
  }

  const undo = [
    listen(page, "storage", check),
    listen(page, "pageshow", check),
    listen(page.document, "resume", check),
    listen(page.document, "visibilitychange", check),
  ];

  return {
    get: () => session,
    subscribe: changed.subscribe,
    check,
    signIn: (userId) => begin({ kind: "user", id: userId }),
    signOut: () => begin({ kind: "out" }),
    close() {
      for (const each of undo) each();
    },
  };
}

function openStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
