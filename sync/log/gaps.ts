import type { Context } from "../core/context.ts";
import type { Inbox } from "../core/inbox.ts";
import { backOff } from "../platform/back-off.ts";
import { type CatchUpOptions, createCatchUp } from "./catch-up.ts";

export interface GapsOptions
  extends Omit<CatchUpOptions, "mayAsk" | "inbox">,
    Pick<Context, "visibility" | "grace" | "beacon"> {
  inbox: Pick<Inbox, "add" | "isBehind">;
}

export type Gaps = ReturnType<typeof createGaps>;

/** At most this many catch-ups set out in so many milliseconds, whatever the messages say: 6 a minute. */
const burst = { size: 2, ms: 20_000 };

/**
 * When the server is asked what was missed. A gap may close by itself, by a message that is still under
 * way; otherwise, and only in view, the catch-up is run.
 */
export function createGaps({ visibility, grace, beacon, ...options }: GapsOptions) {
  const { ledger, timers, inbox } = options;
  const catchUp = createCatchUp({ ...options, mayAsk: () => visibility.inView });
  let hasDoubt = false;
  /** Cause of the catch-up that is deferred until the tab is in view. */
  let deferred: string | null = null;
  /** How often in a row the server was asked about a gap and did not close it. */
  let unclosed = 0;
  let isAwaited = false;
  let postponed = 0;
  /** The catch-ups of the last `burst.ms`. */
  let recent = 0;
  /** Cause of the catch-up that waits for its turn. */
  let waiting: string | null = null;
  /** The server answered what was missed, no longer ago than it would be polled again. */
  let hasAnswer = false;
  let cancelExpiry = () => {};

  const isOpen = () => ledger.gap || hasDoubt;
  const mayAsk = () => isOpen() && ledger.head !== null && visibility.inView;

  function check() {
    if (!isOpen()) unclosed = 0;
    if (!mayAsk() || isAwaited) return;
    isAwaited = true;
    // A gap that the server does not know of is the work of junk: it is not asked about without end.
    timers.after(unclosed ? backOff(grace, unclosed) : grace, () => {
      isAwaited = false;
      // What is missing may be in what has arrived. In a flood there is always more, so not without end.
      if (inbox.isBehind && postponed++ < 8) return check();
      postponed = 0;
      if (!mayAsk() || recent >= burst.size) return;
      hasDoubt = false;
      unclosed++;
      run("a gap");
    });
  }

  function run(cause: string) {
    recent++;
    waiting = null;
    timers.after(burst.ms, () => {
      recent--;
      if (waiting) ask(waiting);
      check();
    });
    void catchUp.run(cause);
  }

  function noteAnswer() {
    if (catchUp.failing) return;
    cancelExpiry();
    hasAnswer = true;
    cancelExpiry = timers.after(beacon, () => {
      hasAnswer = false;
    });
  }

  function ask(cause: string) {
    deferred = visibility.inView ? null : cause;
    if (deferred) return;
    if (recent < burst.size) run(cause);
    else waiting ??= cause;
  }

  const undo = [
    ledger.subscribe(check),
    catchUp.subscribe(check),
    catchUp.subscribe(noteAnswer),
    visibility.subscribe((inView) => {
      // A person looks: at once. No message brings this about.
      if (inView && (deferred ?? waiting ?? catchUp.failing)) {
        run(deferred ?? waiting ?? "in view again");
        deferred = null;
      }
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
    /** Changes were dropped: the server is asked as about a gap, and until then the tab is not up to date. */
    miss() {
      catchUp.miss();
      hasDoubt = true;
      check();
    },
    /** True from `miss` until the server has answered what was dropped. */
    get isMissing() {
      return catchUp.isMissing;
    },
    /** True while the server is asked what was missed, and after its answer until it would be polled again. */
    get isCurrent() {
      // Without a revision there is nothing to ask about.
      return ledger.head !== null && !catchUp.failing && (catchUp.isAsking || hasAnswer);
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
