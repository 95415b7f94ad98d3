import type { Clock } from "#host/shared/clock.ts";

/** Milliseconds before each restart that nobody asked for. */
const waits = [1000, 5000, 20_000] as const;
/** For so long a pane has to work before earlier restarts no longer count. */
const settledMs = 60_000;

export const maxRestarts = waits.length;

/** When a pane that failed is started again by itself. */
export interface Recovery {
  /** Restarts since the pane last worked for a minute, or since the user started it. */
  readonly tried: number;
  /** Plans a restart, which `works` and `stop` call off. False where all have been used: the user is asked. */
  failed(): boolean;
  works(): void;
  /** The user starts it: earlier restarts no longer count. */
  reset(): void;
  stop(): void;
}

/** `restart` is called after a back-off, at most three times in a row. */
export function createRecovery({
  clock,
  restart,
}: {
  readonly clock: Clock;
  readonly restart: () => void;
}): Recovery {
  let tried = 0;
  let cancel = () => {};

  return {
    get tried() {
      return tried;
    },
    failed() {
      cancel();
      const wait = waits[tried];
      if (wait === undefined) return false;
      cancel = clock.after(wait, () => {
        tried += 1;
        restart();
      });
      return true;
    },
    works() {
      cancel();
      cancel = clock.after(settledMs, () => {
        tried = 0;
      });
    },
    reset() {
      cancel();
      tried = 0;
    },
    stop: () => cancel(),
  };
}
