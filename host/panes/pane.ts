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
import { type Clock, realClock } from "#host/shared/clock.ts";
import { createObservable, type Observable } from "#host/shared/observable.ts";
import type { TraceEntry } from "#sync";
import { createHeartbeat, type Pulse } from "./heartbeat.ts";
import type { Connect, PaneLink } from "./pane-link.ts";
import type { Cause, PaneState } from "./pane-state.ts";

export interface Pane {
  readonly state: Observable<PaneState>;
  /** Connects to the frame; returns the undo. */
  attach(connect: Connect): () => void;
  /** The frame fired `load`, as it also does for an error page: the hello is due soon. */
  frameLoaded(): void;
  restart(): void;
  setVisible(visible: boolean): void;
  setTheme(theme: Theme): void;
  navigate(url: TabUrl): void;
  inspect(on: boolean): void;
}

export interface PaneOptions {
  /** The answer to the hello of the frame page. */
  readonly welcome: () => Omit<Welcome, "version">;
  readonly onState: (state: State) => void;
  /** `session` distinguishes the traces before and after a restart. */
  readonly onTrace: (session: number, entries: readonly TraceEntry[]) => void;
  readonly onChord: (chord: Chord) => void;
  /** Another tab requests that this pane be shown. */
  readonly onReveal: () => void;
  readonly watching?: () => boolean;
  readonly helloMs?: number;
  /** From the frame's `load` on. */
  readonly helloAfterLoadMs?: number;
  readonly readyMs?: number;
  readonly clock?: Clock;
}

/**
 * One pane as the shell sees it: loading until the handshake is complete, failed when a deadline
 * passes or the frame page reports a failure. No failure is final: a pane that responds late recovers.
 */
export function createPane(options: PaneOptions): Pane {
  const { clock = realClock, helloMs = 8000, helloAfterLoadMs = 3000, readyMs = 15_000 } = options;
  const state = createObservable<PaneState>({ phase: "loading", status: null });
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
      state.set({ phase: "ready", status: state.get().status });
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
    status: door(statusSchema, (status) => state.set({ ...state.get(), status })),
    trace: (entries) => options.onTrace(session, parseTrace(entries)),
    chord: door(chordSchema, options.onChord),
    reveal: options.onReveal,
  };

  function onPulse(pulse: Pulse) {
    const { status } = state.get();
    if (pulse === "alive") state.set({ phase: "ready", status });
    else if (pulse === "hanging") state.set({ phase: "hanging", status });
    else state.set({ phase: "failed", cause: "stopped", detail: "", status });
  }

  function begin() {
    stopTimers();
    state.set({ phase: "loading", status: null });
  }

  function fail(cause: Cause, detail: string, oldShell = false) {
    stopTimers();
    state.set({ phase: "failed", cause, detail, status: null, ...(oldShell && { oldShell }) });
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
    // Nothing is sent before the hello: the welcome carries the current values.
    if (greeted) link?.send(method, payload);
  }

  return {
    state,
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
      if (!greeted && state.get().phase === "loading") expect(helloAfterLoadMs, "unreachable", "");
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
