import { RefreshCw } from "lucide-react";
import { useOutbox } from "#data/hooks/use-work.ts";
import { isPending } from "#data/outbox/outbox.ts";
import { formatClock, formatRelative } from "#shared/time/format-time.ts";
import { useNow } from "#shared/time/now.tsx";
import type { SyncStatus } from "#sync";
import { useSync } from "#sync/react";
import { Button } from "#ui/button.tsx";
import styles from "./sync-report.module.css";

export interface SyncReportProps {
  status: SyncStatus;
  /** One sentence, without a full stop. */
  why: string;
  /** Milliseconds since the Unix epoch. */
  since: number;
}

const effects: Readonly<Record<SyncStatus, string>> = {
  live: "What others change shows by itself, in all your tabs.",
  syncing: "What is on screen follows in a moment.",
  waiting: "What is on screen is up to date.",
  degraded:
    "What others change may show late. What you do is saved as always, and your own tabs show it.",
  offline: "What others change does not show. What you do is kept, and is sent when you are back.",
};

/** Since when the status is what it is, why, what that affects, and what can be done. */
export function SyncReport({ status, why, since }: SyncReportProps) {
  const sync = useSync();
  const now = useNow();
  const unsent = useOutbox().filter(isPending).length;
  const isTrouble = status === "degraded" || status === "offline";
  return (
    <div className={styles.report}>
      <dl className={styles.facts}>
        <dt>Since</dt>
        <dd>
          {formatClock(since)} ({formatRelative(since, Math.max(now, since))})
        </dd>
        <dt>Why</dt>
        <dd>{why}.</dd>
        <dt>Affected</dt>
        <dd>
          {effects[status]}
          {unsent > 0 && ` ${unsent} of your changes ${unsent === 1 ? "is" : "are"} not sent yet.`}
        </dd>
      </dl>
      {isTrouble && (
        <div className={styles.foot}>
          <Button size="sm" icon={<RefreshCw aria-hidden="true" />} onClick={sync.retry}>
            Retry
          </Button>
        </div>
      )}
    </div>
  );
}
