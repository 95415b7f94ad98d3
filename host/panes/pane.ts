import type { Chord } from "#contract/chords.ts";
import { type ContractRange, newestCommon, rangeWords } from "#contract/contract-range.ts";
import {
  chordSchema,
  door,
  failedSchema,
  helloSchema,
  type Openable,
  outdatedSchema,
  paneContract,
  rangeOfHello,
  type ShellMethods,
  type State,
  stateSchema,
  statusSchema,
  type TabUrl,
  type Theme,
  type Welcome,
} from "#contract/pane.ts";
import { commandIdSchema, type ShellCommand } from "#contract/shell-commands.ts";
import { noTitle, type TabTitle, tabTitleSchema } from "#contract/tab-title.ts";
import type { Trial } from "#contract/trial.ts";
import { type Clock, realClock } from "#host/shared/clock.ts";
import type { Observable } from "#host/shared/observable.ts";
import { budgetWords, createMessageBudget, type MessageBudget } from "./message-budget.ts";
import { createPaneLifecycle } from "./pane-lifecycle.ts";
import type { Connect, PaneLink } from "./pane-link.ts";
import type { PaneState } from "./pane-state.ts";

export interface Pane {
  readonly state: Observable<PaneState>;
  /** Connects to the frame; returns the undo. */
  attach(connect: Connect): () => void;
  /** The frame fired `load`, as it also does for an error page: the hello is due soon. */
  frameLoaded(): void;
  /** Starts it anew, for the user. One without a frame is started when it is shown. */
  restart(): void;
  /** The thread that it shares has been given up: if it waits for it, it is started again with the others. */
  threadStopped(): void;
  setVisible(visible: boolean): void;
  setTheme(theme: Theme): void;
  navigate(url: TabUrl): void;
  /** Opens what its tab has over its page. */
  open(what: Openable): void;
  inspect(on: boolean): void;
  /** Has something go wrong in its realm, to be watched. Its page does it only where its server has faults. */
  tryOut(trial: Trial): void;
  /** Its page has taken the focus from another pane. */
  tookFocus(): void;
}

export interface PaneOptions {
  /** The versions of the contract that its remote may speak. */
  readonly contract: ContractRange;
  /** The answer to the hello of the frame page. */
  readonly welcome: () => Omit<Welcome, "version">;
  readonly onState: (state: State) => void;
  /** `session` distinguishes the traces before and after a restart. The inspector parses the entries. */
  readonly onTrace: (session: number, entries: unknown) => void;
  readonly onChord: (chord: Chord) => void;
  /** Another tab requests that this pane be shown. */
  readonly onReveal: () => void;
  /** What the tab may list among its commands. */
  readonly commands: () => readonly ShellCommand[];
  readonly onRun: (commandId: string) => void;
  /** The focus is in the pane now. */
  readonly onFocus: () => void;
  /** Called with nothing when the tab is loaded anew. */
  readonly onTitle: (title: TabTitle) => void;
  /** The version that its tab should be loaded anew for; null when there is none, as when it was loaded anew. */
  readonly onOutdated: (version: string | null) => void;
  /** Its thread, which other panes may share, does not answer and has been given up. */
  readonly onThreadStopped?: () => void;
  /** What it sends is counted, and it is put away when it sends more than a window can take. */
  readonly limited?: boolean;
  /** A debugger may pause the pane: silence is reported, and does not restart it. */
  readonly debugged?: boolean;
  readonly watching?: () => boolean;
  readonly helloMs?: number;
  /** From the frame's `load` on. */
  readonly helloAfterLoadMs?: number;
  readonly readyMs?: number;
  readonly clock?: Clock;
}

/**
 * One pane as the shell sees it: unloaded until it has a frame, loading until the handshake is complete, failed when a deadline
 * passes or the frame page reports a failure. It is then started again by itself, at most three times, and a pane that
 * responds late recovers.
 */
export function createPane(options: PaneOptions): Pane {
  const { clock = realClock, helloMs = 8000, helloAfterLoadMs = 3000, readyMs = 15_000 } = options;
  let connect: Connect | null = null;
  let link: PaneLink | null = null;
  let greeted = false;
  let session = 0;
  let budget: MessageBudget | null = null;
  /** What the policy of this page has blocked since the frame began to load; "" where nothing. */
  let blocked = "";
  /** The frame fired `load` since it began to load. */
  let hasLoaded = false;

  const lifecycle = createPaneLifecycle({
    clock,
    ping: () => link?.ping() ?? Promise.reject(new Error("No link")),
    restart: reload,
    onGivenUp() {
      // A process that hangs ends once the last of its frames has left: docs/decisions/0053.
      link?.leave();
      options.onThreadStopped?.();
    },
    ...(options.debugged && { debugged: true }),
    ...(options.watching && { watching: options.watching }),
  });

  const methods: ShellMethods = {
    hello(input) {
      const hello = helloSchema.safeParse(input).data ?? { version: 0 };
      const spoken = rangeOfHello(hello);
      const version = newestCommon(paneContract, options.contract, spoken);
      if (version === null) {
        const detail = `The tab speaks contract ${rangeWords(spoken)}; this window speaks ${rangeWords(paneContract)}, and the manifest allows ${rangeWords(options.contract)}.`;
        lifecycle.fail("version", detail, spoken.oldest > paneContract.newest);
        return null;
      }
      greeted = true;
      session += 1;
      beginAnew();
      lifecycle.load();
      const late = `It did not arrive within ${(readyMs * lifecycle.patience) / 1000} seconds.`;
      lifecycle.setDeadline(readyMs * lifecycle.patience, "remote-missing", late);
      return { ...options.welcome(), version };
    },
    ready() {
      if (greeted) lifecycle.ready();
    },
    failed: door(failedSchema, ({ cause, detail }) => lifecycle.fail(cause, detail)),
    state: door(stateSchema, options.onState),
    status: door(statusSchema, lifecycle.setStatus),
    trace: (entries) => options.onTrace(session, entries),
    chord: door(chordSchema, options.onChord),
    reveal: options.onReveal,
    commands: options.commands,
    focused: options.onFocus,
    run: door(commandIdSchema, options.onRun),
    title: door(tabTitleSchema, options.onTitle),
    outdated: door(outdatedSchema, options.onOutdated),
  };

  /** Nothing that the tab said before holds for the one that is loaded now. */
  function beginAnew() {
    options.onTitle(noTitle);
    options.onOutdated(null);
  }

  /** Its page goes. It is not started again by itself, for it would do the same. */
  function putAway(cause: "flood" | "focus", detail: string) {
    budget = null;
    greeted = false;
    lifecycle.fail(cause, detail);
    link?.leave();
    link?.close();
  }

  function count() {
    // What is not handled costs the shell time all the same.
    if (budget && !budget.spend()) putAway("flood", `It sent ${budgetWords}.`);
  }

  function connectAnew() {
    greeted = false;
    beginAnew();
    budget = options.limited ? createMessageBudget(clock) : null;
    blocked = "";
    hasLoaded = false;
    const onBlocked = (address: string) => {
      blocked = address;
      // A browser may tell of it after the `load` of the page that it shows instead.
      if (hasLoaded) awaitHello();
    };
    link = connect?.(methods, { onMessage: count, onBlocked }) ?? null;
    lifecycle.load();
    lifecycle.setDeadline(helloMs * lifecycle.patience, "unreachable");
  }

  function awaitHello() {
    if (greeted || lifecycle.state.get().phase !== "loading") return;
    const cause = blocked ? "blocked" : "no-tab";
    lifecycle.setDeadline(helloAfterLoadMs * lifecycle.patience, cause, blocked);
  }

  function reload() {
    link?.close();
    connectAnew();
    link?.load();
  }

  function send(...[method, payload]: Parameters<PaneLink["send"]>) {
    // Nothing is sent before the hello: the welcome carries the current values.
    if (greeted) link?.send(method, payload);
  }

  return {
    state: lifecycle.state,
    attach(to) {
      connect = to;
      connectAnew();
      return () => {
        lifecycle.stop();
        link?.close();
        link = null;
        connect = null;
      };
    },
    frameLoaded() {
      hasLoaded = true;
      awaitHello();
    },
    restart() {
      const before = lifecycle.state.get();
      if (before.phase === "unloaded") return;
      lifecycle.reset();
      if (isSilent(before)) lifecycle.giveUp();
      else reload();
    },
    threadStopped() {
      const state = lifecycle.state.get();
      if (state.phase === "loading" || isSilent(state)) lifecycle.giveUp();
    },
    setVisible: (visible) => send("visible", visible),
    setTheme: (theme) => send("theme", theme),
    navigate: (url) => send("command", { type: "navigate", url }),
    open: (what) => send("command", { type: "open", what }),
    inspect: (on) => send("inspect", on),
    tryOut: (trial) => send("trial", trial),
    tookFocus: () => putAway("focus", "The pointer was elsewhere."),
  };
}

/** Its thread does not answer, and no restart is due. */
function isSilent(state: PaneState): boolean {
  if (state.phase !== "failed") return state.phase === "hanging";
  return state.failure.cause === "stopped" && !state.failure.again;
}
