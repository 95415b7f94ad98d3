import type { Failed } from "#contract/pane.ts";
import type { SyncStatus } from "#sync";

/** Why a pane failed; `describe-failure.ts` has a text for each. */
export type Cause =
  | Failed["cause"]
  | "unreachable"
  | "no-tab"
  | "blocked"
  | "stopped"
  | "flood"
  | "focus";

export interface Failure {
  readonly cause: Cause;
  readonly detail: string;
  /** The shell, not the pane, is of the older deploy. */
  readonly oldShell?: boolean;
  /** Restarts that nobody asked for, before this failure. */
  readonly tried: number;
  /** One more is due: until then the user need not do anything. */
  readonly again: boolean;
}

export type PaneState = {
  /** The status that the tab last reported; `null` before that. */
  readonly status: SyncStatus | null;
} & ( // It has not been shown yet, and has no frame.
  | { readonly phase: "unloaded" }
  | {
      readonly phase: "loading";
      /** The failure after which it is started again by itself. */
      readonly after?: Failure;
    }
  | { readonly phase: "ready" | "hanging" }
  | { readonly phase: "failed"; readonly failure: Failure }
);

/** What went wrong, until the pane works again. */
export function failureOf(state: PaneState): Failure | undefined {
  if (state.phase === "failed") return state.failure;
  return state.phase === "loading" ? state.after : undefined;
}
