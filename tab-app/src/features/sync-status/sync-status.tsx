import type { SyncStatus as Status, Trouble } from "#sync";
import { useSyncStatus, useSyncTrouble } from "#sync/react";
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
  Degraded: { tone: "amber", hint: "" },
  Offline: { tone: "red", hint: "No connection. What is shown may be old" },
};

const troubles: Record<Trouble, string> = {
  "no channel":
    "This browser does not let tabs speak to each other. Changes come from the server only",
  "no log": "This server has no change log: what others change is read every few seconds",
  "no feed": "The server's stream of changes is down. What others change may show late",
  "no catch-up": "The server does not say what was missed. What is shown may lag",
  unread: "Something changed and cannot be read at the moment. It is tried again",
};

/** The tab's own reasons in words; the server's are words already. */
function troubleWords(trouble: string | null): string {
  return Object.hasOwn(troubles, trouble ?? "") ? troubles[trouble as Trouble] : (trouble ?? "");
}

export function SyncStatus() {
  const status = useSyncStatus();
  const trouble = useSyncTrouble();
  const { tone, hint } = looks[status];
  return (
    <Tooltip text={status === "Degraded" ? troubleWords(trouble) : hint}>
      <div role="status" aria-label="Sync" className={styles.status}>
        <StatusDot tone={tone} pulse={status === "Syncing"} />
        {status}
      </div>
    </Tooltip>
  );
}
