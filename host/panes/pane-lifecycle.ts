import type { Clock } from "#host/shared/clock.ts";
import { createObservable, type Observable } from "#host/shared/observable.ts";
import type { SyncStatus } from "#sync";
import { createHeartbeat, type Pulse } from "./heartbeat.ts";
import { type Cause, failureOf, type PaneState } from "./pane-state.ts";
import { createRecovery } from "./recovery.ts";

export interface PaneLifecycle {
  readonly state: Observable<PaneState>;
  /** Doubles with each restart: what is slow must not be ended by its own restarts. */
  readonly patience: number;
  load(): void;
  /** The user starts the pane: what failed before does not count. */
  reset(): void;
  /** Fails with this cause after `ms`, unless the phase changes before. Replaces an earlier deadline. */
  setDeadline(ms: number, cause: Cause, detail?: string): void;
  /** Ready, from now on with a heartbeat. */
  ready(): void;
  fail(cause: Cause, detail: string, oldShell?: boolean): void;
  /** The pane's thread does not answer, and is given up. */
  giveUp(): void;
  setStatus(status: SyncStatus): void;
  /** Stops every timer. */
  stop(): void;
}

export interface PaneLifecycleOptions {
  readonly clock: Clock;
  readonly ping: () => Promise<unknown>;
  readonly restart: () => void;
  /** Called when the pane's thread is given up, before its restart. */
  readonly onGivenUp: () => void;
  /** Silence is not taken for a hang that only a restart ends. */
  readonly debugged?: boolean;
  readonly watching?: () => boolean;
}

/** A restart would not change them. */
const lasting: ReadonlySet<Cause> = new Set(["version", "blocked", "flood", "focus"]);

/** The phases of a pane, with the timers that change them. No failure is final. */
export function createPaneLifecycle({
  clock,
  ping,
  restart,
  onGivenUp,
  debugged = false,
  watching = () => true,
}: PaneLifecycleOptions): PaneLifecycle {
  const state = createObservable<PaneState>({ phase: "unloaded", status: null });
  const recovery = createRecovery({ clock, restart });
  let stopDeadline = () => {};
  let stopHeartbeat = () => {};

  function stop() {
    stopDeadline();
    stopHeartbeat();
    recovery.stop();
  }

  function fail(cause: Cause, detail: string, oldShell = false) {
    stop();
    const { tried } = recovery;
    const again = !lasting.has(cause) && recovery.failed();
    const failure = { cause, detail, tried, again, ...(oldShell && { oldShell }) };
    state.set({ phase: "failed", status: null, failure });
  }

  function giveUp() {
    fail("stopped", "");
    onGivenUp();
  }

  function onPulse(pulse: Pulse) {
    const { status } = state.get();
    if (pulse === "alive") {
      recovery.works();
      state.set({ phase: "ready", status });
    } else if (pulse === "hanging") state.set({ phase: "hanging", status });
    else if (!debugged) giveUp();
    else {
      // The heartbeat goes on: the pane may answer yet.
      const failure = { cause: "stopped", detail: "", tried: 0, again: false } as const;
      state.set({ phase: "failed", status, failure });
    }
  }

  return {
    state,
    get patience() {
      return 2 ** recovery.tried;
    },
    load() {
      stop();
      const after = failureOf(state.get());
      state.set({ phase: "loading", status: null, ...(after?.again && { after }) });
    },
    reset() {
      stop();
      recovery.reset();
      state.set({ phase: "loading", status: null });
    },
    setDeadline(ms, cause, detail = "") {
      stopDeadline();
      stopDeadline = clock.after(ms, () => fail(cause, detail));
    },
    ready() {
      stop();
      recovery.works();
      state.set({ phase: "ready", status: state.get().status });
      stopHeartbeat = createHeartbeat({ ping, onPulse, clock, watching }).close;
    },
    fail,
    giveUp,
    setStatus: (status) => state.set({ ...state.get(), status }),
    stop,
  };
}
