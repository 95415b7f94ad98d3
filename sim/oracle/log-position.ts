import type { Revision } from "#sync";
import type { Tab } from "../tab/tab.ts";
import type { OracleContext } from "./context.ts";

/** The log that a tab follows, and the revision from which it does: it cannot know earlier changes. */
export interface LogPosition {
  /** The server named a revision: of another log, or with `isReset` of the part that the log still holds. */
  follow(revision: Revision, isReset: boolean): void;
  /**
   * Whether the tab can know every change after `asOf`. Where the log was lost, or forgotten in part, data
   * from before is shown until it is read again, and not measured.
   */
  covers(asOf: Revision | null | undefined): asOf is Revision;
}

export function createLogPosition(
  tab: Tab,
  { server, history, ledgerCapacity }: OracleContext,
): LogPosition {
  // Persisted data begins where the tab stood.
  let { epoch, rev: floor } = tab.open.sync.head ?? { epoch: "", rev: 0 };
  return {
    follow(revision, isReset) {
      if (revision.rev < floor || (revision.epoch === epoch && !isReset)) return;
      epoch = revision.epoch;
      floor = revision.rev;
    },
    covers(asOf): asOf is Revision {
      if (asOf?.epoch !== server().epoch || asOf.rev < floor) return false;
      return history.since(asOf.rev).length <= ledgerCapacity;
    },
  };
}
