import * as z from "zod";
import { randomDigits } from "#data/tabs/tab-id.ts";
import { createEmitter, listen } from "#sync";

const sessionSchema = z.object({
  id: z.string().min(1),
  who: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("guest") }),
    z.object({ kind: z.literal("out") }),
    z.object({ kind: z.literal("user"), id: z.string().min(1).max(200) }),
  ]),
});

/**
 * Who works in this browser, on all tabs of this origin. The id is new with each sign-in and sign-out:
 * what was read in one session is never shown in another. A `guest` has not said who they are, and
 * works all the same. `out`: somebody signed out, and nothing is shown until somebody signs in.
 */
export type Session = Readonly<z.infer<typeof sessionSchema>>;

export interface SessionStore {
  get(): Session;
  subscribe(listener: () => void): () => void;
  /** Looks whether another tab has changed it. What it tells of a change may still be under way. */
  look(): void;
  /** Ends the session that is, and begins one for this user. */
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
 * Other tabs tell by the `storage` event. A page that was frozen or in the back/forward cache hears
 * none, so it looks for itself when it wakes, before anything is painted.
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
      // Somebody else's hand: whoever it was meant for, nobody is shown anything by mistake.
      return { id: `unreadable ${text}`, who: { kind: "out" } };
    }
  }
  function look() {
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
    listen(page, "storage", look),
    listen(page, "pageshow", look),
    listen(page.document, "resume", look),
    listen(page.document, "visibilitychange", look),
  ];

  return {
    get: () => session,
    subscribe: changed.subscribe,
    look,
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
