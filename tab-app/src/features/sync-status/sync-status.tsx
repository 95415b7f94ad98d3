import { useState } from "react";
import { statusWords, troubleWords } from "#contract/sync-words.ts";
import { useAppPart } from "#shared/lazy/app-part.ts";
import type { SyncStatus as Status } from "#sync";
import { useSyncStatus, useSyncTrouble } from "#sync/react";
import { Popover } from "#ui/popup/popover.tsx";
import { StatusDot } from "#ui/status-dot.tsx";
import type { Tone } from "#ui/tone.ts";
import type { ReportParts } from "./report-part.ts";
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

/** A button with the status, which opens since when it is so, why, and what that means. */
export function SyncStatus() {
  const status = useSyncStatus();
  const trouble = useSyncTrouble();
  const { tone, hint } = looks[status];
  const why = status === "degraded" ? troubleWords(trouble) : hint;
  const part = useAppPart<ReportParts>();
  const [isOpen, setOpen] = useState(false);
  const since = useSince(status === "degraded" ? why : status === "offline" ? status : "");
  return (
    <div role="status" aria-label="Sync">
      <Popover
        open={isOpen}
        onOpenChange={setOpen}
        title={statusWords[status]}
        trigger={
          <button type="button" className={styles.status} data-tooltip={why}>
            <StatusDot tone={tone} pulse={status === "syncing"} />
            {statusWords[status]}
          </button>
        }
      >
        {part && <part.SyncReport status={status} why={why} since={since} />}
      </Popover>
    </div>
  );
}

/** The time from which on a value has been the same. */
function useSince(value: string): number {
  const [held, setHeld] = useState({ value, since: Date.now() });
  if (held.value === value) return held.since;
  const next = { value, since: Date.now() };
  setHeld(next);
  return next.since;
}
