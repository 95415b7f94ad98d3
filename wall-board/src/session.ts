import { listen } from "tandem-sync";
import { currentSession, parseSession, sessionKey } from "#contract/session.ts";
import { findWho, whoCookie } from "#contract/who.ts";

export interface BoardSession {
  /** Null: signed out. */
  readonly id: string | null;
}

/**
 * The sign-in of this browser, which the board follows and never changes: `onSession` is called with the current one, and
 * with each later one. A page that slept reads it again when it wakes. Returns the undo.
 */
export function followSession(
  onSession: (session: BoardSession) => void,
  page: Window = window,
): () => void {
  let current: string | null | undefined;

  function check() {
    const id = readId(page);
    if (id === current) return;
    current = id;
    onSession({ id });
  }

  const undo = [
    listen(page, "storage", check),
    listen(page, "pageshow", check),
    listen(page.document, "resume", check),
    listen(page.document, "visibilitychange", check),
  ];
  check();
  return () => {
    for (const each of undo) each();
  };
}

function readId(page: Window): string | null {
  const told = findWho(page.document.cookie, whoCookie(page.location));
  const { id, who } = currentSession(parseSession(readKept(page)), told);
  return who.kind === "out" ? null : id;
}

function readKept(page: Window): string | null {
  try {
    return page.localStorage.getItem(sessionKey);
  } catch {
    // The storage is forbidden: nothing is kept.
    return null;
  }
}
