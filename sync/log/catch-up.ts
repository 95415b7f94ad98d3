import type { Context } from "../core/context.ts";
import type { Inbox } from "../core/inbox.ts";
import { backOff } from "../platform/back-off.ts";
import { createEmitter } from "../platform/emitter.ts";
import type { Change } from "../wire/change.ts";
import type { Revision } from "../wire/revision.ts";

export interface CatchUpOptions extends Pick<Context, "ledger" | "trace" | "timers"> {
  server: Pick<Context["server"], "fetchChanges">;
  /** Some changes were missed. Where the log does not reach back, the ledger restarts instead. */
  onNews(news: readonly Change[]): void;
  /** False out of view, where the server is not asked. */
  mayAsk: () => boolean;
  inbox: Pick<Inbox, "add">;
  /** Milliseconds until the retry after a failure: doubled each time, up to 30 s. */
  retryAfter?: number;
}

/** Closes the gap between what the ledger knows and where the server stands. */
export function createCatchUp(options: CatchUpOptions) {
  const { ledger, server, trace, timers, inbox, onNews, mayAsk, retryAfter = 1000 } = options;
  const settled = createEmitter<void>();
  let running: Promise<void> | null = null;
  let again: string | null = null;
  let failures = 0;
  /** How often changes were dropped, and how often when the last answered catch-up set out. */
  let dropped = 0;
  let answered = 0;
  let cancelRetry = () => {};
  let closed = false;

  async function ask(cause: string): Promise<void> {
    const since = ledger.head;
    // Nothing was ever read: nothing can have been missed.
    if (!since) return;
    const sightedThen = ledger.sighted;
    const droppedThen = dropped;
    const end = trace.begin("catch-up", cause);
    try {
      const { head, changes } = await server.fetchChanges(since);
      if (closed) return;
      failures = 0;
      end("ok");
      answered = droppedThen;
      if (ledger.head?.epoch === since.epoch) {
        if (!changes || head.epoch !== since.epoch) return ledger.restart(head, sightedThen);
        await handle(head, changes, sightedThen);
      }
      // Asked of a log that is no longer followed, as later answers showed: it would lead back to it.
      if (ledger.head?.epoch !== since.epoch) again ??= cause;
    } catch {
      // Offline, or the server is down. What was missed stays missed until an answer comes.
      end("failed");
      if (closed) return;
      cancelRetry();
      const wait = backOff(retryAfter, failures++);
      cancelRetry = timers.after(wait, () => mayAsk() && void run(cause));
    }
  }

  /** Resolves when the whole answer is handled. */
  function handle(head: Revision, changes: readonly Change[], sightedThen: number): Promise<void> {
    return new Promise((resolve) => {
      inbox.add({
        kind: null,
        changes: [...changes].sort((a, b) => a.rev - b.rev),
        isKept: true,
        handle(slice: readonly Change[], isLast) {
          if (isLast) resolve();
          // Up to its last change all is known, as the rest of the answer is later.
          const rev = isLast ? head.rev : (slice.at(-1)?.rev ?? 0);
          const news = ledger.catchUp({ ...head, rev }, slice, isLast ? sightedThen : null);
          if (news.length) onNews(news);
        },
      });
    });
  }

  function run(cause: string): Promise<void> {
    // What settles a request under way may ask again: without end, of a session that is over.
    if (closed) return Promise.resolve();
    // An answer under way may have left before what prompted this: ask once more after it.
    if (running) {
      again = cause;
      return running;
    }
    cancelRetry();
    running = ask(cause).finally(() => {
      running = null;
      settled.emit();
      const next = again;
      again = null;
      if (next && mayAsk()) void run(next);
    });
    return running;
  }

  return {
    /** Asks what was missed: once, however often it is called meanwhile. */
    run,
    /** True after the last try failed, until one succeeds. */
    get failing() {
      return failures > 0;
    },
    /** True from a question until its answer is handled. */
    get isAsking() {
      return running !== null;
    },
    /** Changes were dropped: until an answer to a later question, the server knows more. */
    miss() {
      dropped++;
    },
    get isMissing() {
      return answered < dropped;
    },
    /** The listener is called after each answer or failure. */
    subscribe: settled.subscribe,
    close() {
      closed = true;
    },
  };
}
