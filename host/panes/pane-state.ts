import type { Failed } from "#contract/pane.ts";
import type { SyncStatus } from "#sync";

/** Why a pane failed; `describe-failure.ts` has a text for each. */
export type Cause = Failed["cause"] | "unreachable" | "stopped";

export type PaneState = {
  /** The status that the tab last reported; `null` before that. */
  readonly status: SyncStatus | null;
} & (
  | { readonly phase: "loading" | "ready" | "hanging" }
  | {
      readonly phase: "failed";
      readonly cause: Cause;
      readonly detail: string;
      /** The shell, not the pane, is of the older deploy. */
      readonly oldShell?: boolean;
    }
);
