import { CloudAlert, CloudUpload } from "lucide-react";
import { useState } from "react";
import { useAppPart } from "#shared/lazy/app-part.ts";
import { Button } from "#ui/button.tsx";
import { Popover } from "#ui/popup/popover.tsx";
import { describeCounts } from "./describe-counts.ts";
import styles from "./outbox-button.module.css";
import type { OutboxParts } from "./outbox-part.ts";
import { usePressingEntries } from "./use-pressing-entries.ts";

/** Counts and lists the writes that the server has not accepted; nothing when there are none. */
export function OutboxButton() {
  const entries = usePressingEntries();
  const [isOpen, setOpen] = useState(false);
  // The popover itself has this file loaded.
  const parts = useAppPart<OutboxParts>();
  const counts = describeCounts(entries);
  const needsUser = entries.some(({ state }) => state === "failed" || state === "conflict");
  if (entries.length === 0 && !isOpen) return null;
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      title="Unsent changes"
      trigger={
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Unsent changes: ${counts.join(", ") || "none"}`}
          className={styles.button}
          data-needs-user={needsUser}
          icon={needsUser ? <CloudAlert aria-hidden="true" /> : <CloudUpload aria-hidden="true" />}
        >
          <span className={styles.label}>{counts[0] ?? "All saved"}</span>
        </Button>
      }
    >
      {parts && <parts.OutboxList entries={entries} />}
    </Popover>
  );
}
