import { RefreshCw } from "lucide-react";
import { useOutdated } from "#sync/react";
import { Button } from "#ui/button.tsx";
import styles from "./outdated-notice.module.css";

/** Shown when another tab runs another version: until a reload, not all their messages are compatible. */
export function OutdatedNotice() {
  if (!useOutdated()) return null;
  return (
    <div role="alert" className={styles.notice}>
      <p>Another tab runs a different version of Tandem. Reload to update.</p>
      <Button size="sm" icon={<RefreshCw aria-hidden="true" />} onClick={() => location.reload()}>
        Reload
      </Button>
    </div>
  );
}
