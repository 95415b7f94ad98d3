import { useSyncStatus, useSyncTrouble } from "#sync/react.tsx";
import type { SyncStatus as Status } from "#sync/status.ts";
import { StatusDot } from "#ui/status-dot.tsx";
import type { Tone } from "#ui/tone.ts";
import { Tooltip } from "#ui/tooltip.tsx";
import styles from "./sync-status.module.css";

const looks: Record<Status, { tone: Tone; hint: string }> = {
  "In step": { tone: "green", hint: "Everything shown is as new as the server" },
  Syncing: { tone: "accent", hint: "Reading what has changed" },
  "Changes waiting": {
    tone: "blue",
    hint: "Something hidden has changed. It is read when you look at it",
  },
  Degraded: {
    tone: "amber",
    hint: "Live updates are limited in this browser or at the moment. What is shown may lag",
  },
  Offline: { tone: "red", hint: "No connection. What is shown may be old" },
};

export function SyncStatus() {
  const status = useSyncStatus();
  const trouble = useSyncTrouble();
  const { tone, hint } = looks[status];
  return (
    <Tooltip text={status === "Degraded" && trouble ? trouble : hint}>
      <div role="status" aria-label="Sync" className={styles.status}>
        <StatusDot tone={tone} pulse={status === "Syncing"} />
        {status}
      </div>
    </Tooltip>
  );
}
