import { CloudOff } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";
import type { Part } from "./part.ts";
import styles from "./part-fault.module.css";

/** Says that what the user opened is not loaded, and tries again. */
export function PartFault({ part }: { part: Part<unknown> }) {
  const hasFailed = useSyncExternalStore(part.subscribe, () => part.hasFailed);
  if (!hasFailed) return null;
  return (
    <div className={styles.fault}>
      <Notice
        role="alert"
        tone="amber"
        icon={<CloudOff />}
        actions={
          <>
            <Button size="sm" onClick={part.request}>
              Try again
            </Button>
            <Button size="sm" variant="ghost" onClick={part.dismiss}>
              Dismiss
            </Button>
          </>
        }
      >
        This part of the page is not loaded yet, and the server cannot be reached
      </Notice>
    </div>
  );
}
