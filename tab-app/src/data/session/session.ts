import * as z from "zod/mini";
import { findWho, type Role, roles, whoCookie } from "#contract/who.ts";
import { randomDigits } from "#data/tabs/tab-id.ts";
import { createEmitter, listen } from "#sync";

const sessionSchema = z.object({
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
export interface Session {
  readonly id: string;
  readonly who:
    | { readonly kind: "guest" }
    | {
        readonly kind: "out";
        readonly byProvider?: boolean | undefined;
        readonly discards?: boolean | undefined;
      }
    | { readonly kind: "user"; readonly id: string; readonly role?: Role | undefined };
}

export interface SessionStore {
  get(): Session;
  subscribe(listener: () => void): () => void;
  /** Reads the session again: the event of another tab's change may still be under way. */
  check(): void;
  /** Ends the current session, and begins one for this user. */
  signIn(userId: string): void;
  /** Clears memory and disk in all tabs. */
  signOut(): void;
  /** The server has answered this session that nobody is signed in: it has ended, and its unsent work is kept. */
  lose(sessionId: string): void;
  close(): void;
}

export interface SessionStoreOptions {
  /** Null where there is none. */
  storage?: Pick<Storage, "getItem" | "setItem"> | null;
  page?: Window;
  /** What the server's cookie says, in all cookies that scripts can read. */
  readCookies?: () => string;
}

const storageKey = "tandem-session";
/** The id of what comes after a session of a provider, the same in all tabs. */
const after = (id: string) => `after ${id}`;
const guest: Session = { id: "guest", who: { kind: "guest" } };

/**
 * The `storage` event reports a change of another tab. A page that was frozen or in the back/forward cache
 * receives none, so it checks when it wakes, before anything is painted.
 */
export function createSessionStore({
  storage = openStorage(),
  page = globalThis.window,
  readCookies = () => document.cookie ?? "",
}: SessionStoreOptions = {}): SessionStore {
  const changed = createEmitter<void>();
  let session = guest;
  session = read();

  function read(): Session {
    const stored = readStored();
    const cookies = readCookies();
    const told = cookies && findWho(cookies, whoCookie(page.location));
    const { who } = stored;
    if (!told) {
      const isOver = who.kind === "user" && who.role !== undefined;
      return isOver ? { id: after(stored.id), who: { kind: "out", byProvider: true } } : stored;
    }
    // Signed out: the cookie of that session may still be there.
    if (told.sessionId === stored.id || after(told.sessionId) === stored.id) return stored;
    const next: Session = {
      id: told.sessionId,
      who: { kind: "user", id: told.userId, role: told.role },
    };
    // Other tabs get an event of it.
    store(next);
    return next;
  }
  function readStored(): Session {
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
  function store(next: Session) {
    try {
      storage?.setItem(storageKey, JSON.stringify(next));
    } catch {
      // Full: this tab changes all the same.
    }
  }
  function begin(who: Session["who"], id = `${Date.now().toString(36)}-${randomDigits()}`) {
    session = { id, who };
    store(session);
    changed.emit();
  }
  /** The cookie goes with the session that it tells of. */
  function leave(discards: boolean) {
    // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is asynchronous, and a page may be closed right after this
    document.cookie = `${whoCookie(page.location)}=; Path=/; Max-Age=-1${page.location.protocol === "https:" ? "; Secure" : ""}`;
    begin({ kind: "out", byProvider: true, ...(discards && { discards }) }, after(session.id));
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
    signOut() {
      const { who } = session;
      if (who.kind === "user" && who.role) leave(true);
      else begin({ kind: "out" });
    },
    lose(sessionId) {
      check();
      const { id, who } = session;
      const isKnown = who.kind === "out" && who.byProvider;
      if (id === sessionId && !isKnown) leave(who.kind !== "user");
    },
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
