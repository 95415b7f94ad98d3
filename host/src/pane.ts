import type { Chord } from "#contract/chords.ts";
import {
  chordSchema,
  door,
  failedSchema,
  helloSchema,
  paneProtocol,
  type ShellMethods,
  type State,
  stateSchema,
  statusSchema,
  type TabUrl,
  type Theme,
  type Welcome,
} from "#contract/pane.ts";
import { parseTrace } from "#contract/trace.ts";
import type { TraceEntry } from "#sync";
import { type Clock, realClock } from "./clock.ts";
import { createHeartbeat, type Pulse } from "./heartbeat.ts";
import type { Connect, PaneLink } from "./pane-link.ts";
import type { Cause, PaneState } from "./pane-state.ts";
import { createStore, type Store } from "./store.ts";

export interface Pane {
  readonly state: Pick<Store<PaneState>, "get" | "subscribe">;
  /** Takes the frame over; returns the undo. */
  attach(connect: Connect): () => void;
  /** The frame fired `load`, which error pages do too: a hello is due soon. */
  frameLoaded(): void;
  restart(): void;
  setVisible(visible: boolean): void;
  setTheme(theme: Theme): void;
  navigate(url: TabUrl): void;
  inspect(on: boolean): void;
}

export interface PaneOptions {
  /** What the frame page is told when it says hello. */
  readonly welcome: () => Omit<Welcome, "version">;
  readonly onState: (state: State) => void;
  /** `session` tells the traces before and after a restart apart. */
  readonly onTrace: (session: number, entries: readonly TraceEntry[]) => void;
  readonly onChord: (chord: Chord) => void;
  /** Another tab asks for this pane. */
  readonly onReveal: () => void;
  readonly watching?: () => boolean;
  readonly helloMs?: number;
  /** From the frame's `load` on. */
  readonly helloAfterLoadMs?: number;
  readonly readyMs?: number;
  readonly clock?: Clock;
}

/**
 * One pane as the shell sees it: loading until the handshake is through, failed when a deadline
 * passes or the frame page says so. No verdict is final: a pane that speaks up late is taken back.
 */
export function createPane(options: PaneOptions): Pane {
  const { clock = realClock, helloMs = 8000, helloAfterLoadMs = 3000, readyMs = 15_000 } = options;
  const store = createStore<PaneState>({ phase: "loading", status: null });
  let connect: Connect | null = null;
  let link: PaneLink | null = null;
  let greeted = false;
  let session = 0;
  let stopDeadline = () => {};
  let stopHeartbeat = () => {};

  const methods: ShellMethods = {
    hello(input) {
      const hello = helloSchema.safeParse(input).data;
      if (hello?.version !== paneProtocol) {
        fail("version", "", (hello?.version ?? 0) > paneProtocol);
        return null;
      }
      greeted = true;
      session += 1;
      begin();
      expect(readyMs, "remote-missing", `It did not arrive within ${readyMs / 1000} seconds.`);
      return { ...options.welcome(), version: paneProtocol };
    },
    ready() {
      if (!greeted) return;
      stopTimers();
      store.set({ phase: "ready", status: store.get().status });
      const heartbeat = createHeartbeat({
        ping: () => link?.ping() ?? Promise.reject(new Error("No link")),
        onPulse,
        clock,
        ...(options.watching && { watching: options.watching }),
      });
      stopHeartbeat = () => heartbeat.close();
    },
    failed: door(failedSchema, ({ cause, detail }) => fail(cause, detail)),
    state: door(stateSchema, options.onState),
    status: door(statusSchema, (status) => store.set({ ...store.get(), status })),
    trace: (entries) => options.onTrace(session, parseTrace(entries)),
    chord: door(chordSchema, options.onChord),
    reveal: options.onReveal,
  };

  function onPulse(pulse: Pulse) {
    const { status } = store.get();
    if (pulse === "alive") store.set({ phase: "ready", status });
    else if (pulse === "hanging") store.set({ phase: "hanging", status });
    else store.set({ phase: "failed", cause: "stopped", detail: "", status });
  }

  function begin() {
    stopTimers();
    store.set({ phase: "loading", status: null });
  }

  function fail(cause: Cause, detail: string, oldShell = false) {
    stopTimers();
    store.set({ phase: "failed", cause, detail, status: null, ...(oldShell && { oldShell }) });
  }

  function expect(ms: number, cause: Cause, detail: string) {
    stopDeadline();
    stopDeadline = clock.after(ms, () => fail(cause, detail));
  }

  function stopTimers() {
    stopDeadline();
    stopHeartbeat();
  }

  function open() {
    greeted = false;
    link = connect?.(methods) ?? null;
    begin();
    expect(helloMs, "unreachable", "");
  }

  function send(...[method, payload]: Parameters<PaneLink["send"]>) {
    // Before the hello there is nothing to tell: the welcome carries it all.
    if (greeted) link?.send(method, payload);
  }

  return {
    state: store,
    attach(to) {
      connect = to;
      open();
      return () => {
        stopTimers();
        link?.close();
        link = null;
        connect = null;
      };
    },
    frameLoaded() {
      if (!greeted && store.get().phase === "loading") expect(helloAfterLoadMs, "unreachable", "");
    },
    restart() {
      link?.close();
      open();
      link?.load();
    },
    setVisible: (visible) => send("visible", visible),
    setTheme: (theme) => send("theme", theme),
    navigate: (url) => send("command", { type: "navigate", url }),
    inspect: (on) => send("inspect", on),
  };
}
