import { RefreshCw } from "lucide-react";
import { useOutdated } from "#sync/react";
import { Button } from "#ui/button.tsx";
import styles from "./outdated-notice.module.css";

/** Another tab runs another version: the two understand each other only roughly until a reload. */
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
