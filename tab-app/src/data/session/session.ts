import {
  afterSession,
  currentSession,
  guest,
  parseSession,
  type Session,
  sessionKey,
} from "#contract/session.ts";
import { findWho, whoCookie } from "#contract/who.ts";
import { randomDigits } from "#data/tabs/tab-id.ts";
import { createEmitter, listen } from "#sync";

export type { Session };

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
    const kept = readKept();
    const cookies = readCookies();
    const next = currentSession(kept, cookies ? findWho(cookies, whoCookie(page.location)) : null);
    // One that the server began. Other tabs get an event of it.
    if (next !== kept && next.who.kind === "user") store(next);
    return next;
  }
  function readKept(): Session {
    if (!storage) return session;
    try {
      return parseSession(storage.getItem(sessionKey));
    } catch {
      // Unreadable: treat as signed out.
      return { id: "unreadable null", who: { kind: "out" } };
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
      storage?.setItem(sessionKey, JSON.stringify(next));
    } catch {
      // Full: this tab changes all the same.
    }
  }
  function begin(who: Session["who"], id = `${Date.now().toString(36)}-${randomDigits()}`) {
    session = { id, who };
    store(session);
    changed.emit();
  }
  function leave(discards: boolean) {
    begin(
      { kind: "out", byProvider: true, ...(discards && { discards }) },
      afterSession(session.id),
    );
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
      if (who.kind !== "user" || !who.role) return begin({ kind: "out" });
      // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is asynchronous, and a page may be closed right after this
      document.cookie = `${whoCookie(page.location)}=; Path=/; Max-Age=-1${page.location.protocol === "https:" ? "; Secure" : ""}`;
      leave(true);
    },
    lose(sessionId) {
      check();
      const { id, who } = session;
      const isKnown = who.kind === "out" && who.byProvider;
      // The cookie stays: the one of a next session may have taken its place in this moment.
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
