import type { Clock } from "#host/shared/clock.ts";
import { createObservable, type Observable } from "#host/shared/observable.ts";
import type { SyncStatus } from "#sync";
import { createHeartbeat, type Pulse } from "./heartbeat.ts";
import type { Cause, PaneState } from "./pane-state.ts";

export interface PaneLifecycle {
  readonly state: Observable<PaneState>;
  load(): void;
  /** Fails with this cause after `ms`, unless the phase changes before. Replaces an earlier deadline. */
  setDeadline(ms: number, cause: Cause, detail?: string): void;
  /** Ready, from now on with a heartbeat. */
  ready(): void;
  fail(cause: Cause, detail: string, oldShell?: boolean): void;
  setStatus(status: SyncStatus): void;
  /** Stops the deadline and the heartbeat. */
  stop(): void;
}

export interface PaneLifecycleOptions {
  readonly clock: Clock;
  readonly ping: () => Promise<unknown>;
  readonly watching?: () => boolean;
}

/** The phases of a pane, with the timers that change them. No failure is final. */
export function createPaneLifecycle({
  clock,
  ping,
  watching = () => true,
}: PaneLifecycleOptions): PaneLifecycle {
  const state = createObservable<PaneState>({ phase: "loading", status: null });
  let stopDeadline = () => {};
  let stopHeartbeat = () => {};

  function stop() {
    stopDeadline();
    stopHeartbeat();
  }

  function fail(cause: Cause, detail: string, oldShell = false) {
    stop();
    state.set({ phase: "failed", cause, detail, status: null, ...(oldShell && { oldShell }) });
  }

  function onPulse(pulse: Pulse) {
    const { status } = state.get();
    if (pulse === "alive") state.set({ phase: "ready", status });
    else if (pulse === "hanging") state.set({ phase: "hanging", status });
    else state.set({ phase: "failed", cause: "stopped", detail: "", status });
  }

  return {
    state,
    load() {
      stop();
      state.set({ phase: "loading", status: null });
    },
    setDeadline(ms, cause, detail = "") {
      stopDeadline();
      stopDeadline = clock.after(ms, () => fail(cause, detail));
    },
    ready() {
      stop();
      state.set({ phase: "ready", status: state.get().status });
      stopHeartbeat = createHeartbeat({ ping, onPulse, clock, watching }).close;
    },
    fail,
    setStatus: (status) => state.set({ ...state.get(), status }),
    stop,
  };
}
