import { backOff } from "./back-off.ts";
import type { Change } from "./change.ts";
import type { Ledger } from "./ledger.ts";
import type { Revision } from "./revision.ts";
import type { Trace } from "./trace.ts";

/**
 * Asks the server what came after `since`. `changes` is null when its log does not reach back (410) or
 * is another one. Rejects when there is no answer.
 */
export type FetchChanges = (
  since: Revision,
) => Promise<{ readonly head: Revision; readonly changes: readonly Change[] | null }>;

export interface CatchUpOptions {
  ledger: Ledger;
  fetchChanges: FetchChanges;
  trace: Trace;
  /** Some changes came to light. Where the log does not reach back, the ledger restarts instead. */
  onNews(news: readonly Change[]): void;
  /** False out of view, where nothing is asked. Who comes back into view runs it again. */
  mayAsk: () => boolean;
  /** After each answer or failure. */
  onSettled(): void;
  /** Milliseconds between asking again after a failure: doubled each time, up to 30 s. */
  retryAfter?: number;
}

export interface CatchUp {
  /** Asks what was missed, once, however often it is called meanwhile. */
  run(cause: string): Promise<void>;
  /** True after the last try failed, until one succeeds. */
  readonly failing: boolean;
  close(): void;
}

/** Closes the gap between what the ledger knows and where the server stands. */
export function createCatchUp({
  ledger,
  fetchChanges,
  trace,
  onNews,
  mayAsk,
  onSettled,
  retryAfter = 1000,
}: CatchUpOptions): CatchUp {
  let running: Promise<void> | null = null;
  let again: string | null = null;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let closed = false;

  async function ask(cause: string): Promise<void> {
    const since = ledger.head;
    // Nothing was ever read: nothing can have been missed.
    if (!since) return;
    const sightedThen = ledger.sighted;
    const started = Date.now();
    const entry = trace.add({ type: "request", target: "/changes", cause, state: "pending" });
    const note = (state: "ok" | "failed") =>
      trace.amend(entry, { state, ms: Date.now() - started });
    try {
      const { head, changes } = await fetchChanges(since);
      if (closed) return;
      failures = 0;
      note("ok");
      // Asked of a log that is followed no more, as later answers told: it would lead back to it.
      if (ledger.head?.epoch !== since.epoch) again ??= cause;
      else if (changes && head.epoch === since.epoch) {
        const news = ledger.catchUp(head, changes, sightedThen);
        if (news.length) onNews(news);
      } else {
        ledger.restart(head, sightedThen);
      }
    } catch {
      // Offline, or the server is down. What is missed stays missed until an answer comes.
      note("failed");
      if (closed) return;
      clearTimeout(retry);
      retry = setTimeout(() => mayAsk() && void run(cause), backOff(retryAfter, failures++));
    }
  }

  function run(cause: string): Promise<void> {
    // Whoever settles what was under way may ask again: for ever, of a session that is over.
    if (closed) return Promise.resolve();
    // An answer under way may have left before whatever prompted this: ask once more after it.
    if (running) {
      again = cause;
      return running;
    }
    clearTimeout(retry);
    running = ask(cause).finally(() => {
      running = null;
      onSettled();
      const next = again;
      again = null;
      if (next && mayAsk()) void run(next);
    });
    return running;
  }

  return {
    run,
    get failing() {
      return failures > 0;
    },
    close() {
      closed = true;
      clearTimeout(retry);
    },
  };
}
