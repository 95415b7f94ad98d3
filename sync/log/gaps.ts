import type { Context } from "../core/context.ts";
import { backOff } from "../platform/back-off.ts";
import { type CatchUpOptions, createCatchUp } from "./catch-up.ts";

export type GapsOptions = Omit<CatchUpOptions, "mayAsk"> & Pick<Context, "visibility" | "grace">;

export type Gaps = ReturnType<typeof createGaps>;

/**
 * When the server is asked what was missed. A gap may close by itself, by a message that is still under
 * way; otherwise, and only in view, the catch-up is run.
 */
export function createGaps({ visibility, grace, ...options }: GapsOptions) {
  const { ledger, timers } = options;
  const catchUp = createCatchUp({ ...options, mayAsk: () => visibility.inView });
  let hasDoubt = false;
  /** Cause of the catch-up that is deferred until the tab is in view. */
  let deferred: string | null = null;
  /** How often in a row the server was asked about a gap and did not close it. */
  let unclosed = 0;
  let isAwaited = false;

  const isOpen = () => ledger.gap || hasDoubt;
  const mayAsk = () => isOpen() && ledger.head !== null && visibility.inView;

  function check() {
    if (!isOpen()) unclosed = 0;
    if (!mayAsk() || isAwaited) return;
    isAwaited = true;
    // A gap that the server does not know of is the work of junk: it is not asked about without end.
    timers.after(unclosed ? backOff(grace, unclosed) : grace, () => {
      isAwaited = false;
      if (!mayAsk()) return;
      hasDoubt = false;
      unclosed++;
      void catchUp.run("a gap");
    });
  }

  function ask(cause: string) {
    deferred = visibility.inView ? null : cause;
    if (!deferred) void catchUp.run(cause);
  }

  const undo = [
    ledger.subscribe(check),
    catchUp.subscribe(check),
    visibility.subscribe((inView) => {
      if (inView && (deferred ?? catchUp.failing)) ask(deferred ?? "in view again");
      check();
    }),
  ];

  return {
    /** Runs the catch-up: at once, or deferred until the tab is in view. */
    ask,
    /** A message named an unknown epoch: the server is asked as about a gap. */
    doubt() {
      hasDoubt = true;
      check();
    },
    /** True after the last catch-up failed, until one succeeds. */
    get failing() {
      return catchUp.failing;
    },
    /** The listener is called after each answer or failure of a catch-up. */
    subscribe: catchUp.subscribe,
    close() {
      for (const each of undo) each();
      catchUp.close();
    },
  };
}
