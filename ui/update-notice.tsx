import { RefreshCw } from "lucide-react";
import { Button } from "./button.tsx";
import styles from "./update-notice.module.css";

/** The page is of another build than what it works with. It says so once; `onLater` puts it away. */
export function UpdateNotice({ onLater }: { onLater: () => void }) {
  return (
    <div role="alert" className={styles.notice}>
      <p>Another version of Tandem is here. Reload to update.</p>
      <span className={styles.actions}>
        <Button size="sm" icon={<RefreshCw aria-hidden="true" />} onClick={() => location.reload()}>
          Reload
        </Button>
        <Button size="sm" variant="ghost" onClick={onLater}>
          Later
        </Button>
      </span>
    </div>
  );
}
