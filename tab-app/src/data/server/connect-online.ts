import { onlineManager } from "@tanstack/react-query";
import type { Visibility } from "#sync";
import { withTimeLimit } from "#sync/http";

export interface ConnectOnlineOptions {
  visibility: Pick<Visibility, "inView" | "subscribe">;
  online?: Pick<typeof onlineManager, "isOnline" | "setOnline" | "subscribe">;
  browser?: { readonly onLine: boolean };
  fetch?: (url: string, init: RequestInit) => Promise<Pick<Response, "status">>;
}

/** Milliseconds between two questions, and until one counts as unanswered. */
const pace = 10_000;
/** Milliseconds after the browser's word: an answer may still have been under way. */
const moment = 1000;

/**
 * The browser's flag is a guess: a server on this machine answers without a network. While the flag says
 * offline and the tab is in view the server is asked, and its answer outranks the flag, as does the lack of
 * the next one. Returns the undo.
 */
export function connectOnline({
  visibility,
  online = onlineManager,
  browser = globalThis.navigator,
  // Wrapped, as `fetch` must be called on its window.
  fetch = (...request) => globalThis.fetch(...request),
}: ConnectOnlineOptions): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  let isClosed = false;

  const isAnswered = () =>
    withTimeLimit(pace, (signal) => fetch("/api/status", { signal })).then(
      // A gateway answered: the API itself did not.
      ({ status }) => status < 502,
      () => false,
    );

  async function look() {
    clearTimeout(timer);
    if (isAsking || browser.onLine || !visibility.inView) return;
    isAsking = true;
    const isOnline = await isAnswered();
    isAsking = false;
    if (isClosed || browser.onLine) return;
    online.setOnline(isOnline);
    lookAfter(pace);
  }

  function lookAfter(ms: number) {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), ms);
  }

  const undo = [online.subscribe(() => lookAfter(moment)), visibility.subscribe(() => void look())];
  void look();
  return () => {
    isClosed = true;
    clearTimeout(timer);
    for (const each of undo) each();
  };
}
