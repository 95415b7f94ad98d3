import type { Failed } from "#contract/pane.ts";
import type { SyncStatus } from "#sync";

/** Why there is nothing to see; each has its own words in `pane-failure.tsx`. */
export type Cause = Failed["cause"] | "unreachable" | "stopped";

export type PaneState = {
  /** What the tab says of itself; `null` until it has. */
  readonly status: SyncStatus | null;
} & (
  | { readonly phase: "loading" | "ready" | "hanging" }
  | {
      readonly phase: "failed";
      readonly cause: Cause;
      readonly detail: string;
      /** The shell, not the pane, is the older of two deploys. */
      readonly oldShell?: boolean;
    }
);
