import { onlineManager } from "@tanstack/react-query";
import type { Visibility } from "#sync";
import { withTimeLimit } from "#sync/http";

export interface ConnectOnlineOptions {
  visibility: Pick<Visibility, "inView" | "subscribe">;
  online?: Pick<typeof onlineManager, "isOnline" | "setOnline" | "subscribe">;
  fetch?: (url: string, init: RequestInit) => Promise<Pick<Response, "status">>;
}

/** Milliseconds between two questions, and until one counts as unanswered. */
const pace = 10_000;

/**
 * The browser's flag is a guess: a server on this machine answers without a network. While the flag says
 * offline and the tab is in view the server is asked, and an answer outranks the flag. Returns the undo.
 */
export function connectOnline({
  visibility,
  online = onlineManager,
  // Wrapped, as `fetch` must be called on its window.
  fetch = (...request) => globalThis.fetch(...request),
}: ConnectOnlineOptions): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  let isClosed = false;

  async function ask() {
    const { status } = await withTimeLimit(pace, (signal) => fetch("/api/status", { signal }));
    // A gateway answered: the API itself did not.
    if (!isClosed && status < 502) online.setOnline(true);
  }

  function look() {
    clearTimeout(timer);
    if (isClosed || isAsking || online.isOnline() || !visibility.inView) return;
    isAsking = true;
    ask()
      // No answer: the flag may be right.
      .catch(() => {})
      .finally(() => {
        isAsking = false;
        if (!isClosed) timer = setTimeout(look, pace);
      });
  }

  const undo = [online.subscribe(look), visibility.subscribe(look)];
  look();
  return () => {
    isClosed = true;
    clearTimeout(timer);
    for (const each of undo) each();
  };
}
