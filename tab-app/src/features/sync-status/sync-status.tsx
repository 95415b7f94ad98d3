import { statusWords, troubleWords } from "#contract/sync-words.ts";
import type { SyncStatus as Status } from "#sync";
import { useSyncStatus, useSyncTrouble } from "#sync/react";
import { StatusDot } from "#ui/status-dot.tsx";
import type { Tone } from "#ui/tone.ts";
import { Tooltip } from "#ui/tooltip.tsx";
import styles from "./sync-status.module.css";

const looks: Record<Status, { tone: Tone; hint: string }> = {
  live: { tone: "green", hint: "Everything shown is as new as the server" },
  syncing: { tone: "accent", hint: "Reading what has changed" },
  waiting: {
    tone: "blue",
    hint: "Something hidden has changed. It is read when you look at it",
  },
  degraded: { tone: "amber", hint: "" },
  offline: { tone: "red", hint: "No connection. What is shown may be old" },
};

export function SyncStatus() {
  const status = useSyncStatus();
  const trouble = useSyncTrouble();
  const { tone, hint } = looks[status];
  return (
    <Tooltip text={status === "degraded" ? troubleWords(trouble) : hint}>
      <div role="status" aria-label="Sync" className={styles.status}>
        <StatusDot tone={tone} pulse={status === "syncing"} />
        {statusWords[status]}
      </div>
    </Tooltip>
  );
}
