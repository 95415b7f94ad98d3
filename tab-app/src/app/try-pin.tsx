import { CornerRightDown, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useOutbox } from "#data/hooks/use-work.ts";
import { IconButton } from "#ui/icon-button.tsx";
import styles from "./try-pin.module.css";

export interface TryPinProps {
  /** The tab to watch. */
  other: string;
  onEnd: () => void;
}

/** Points at the pin of the first row. The first write of the tab ends it. */
export function TryPin({ other, onEnd }: TryPinProps) {
  const hasWritten = useOutbox().length > 0;
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    if (hasWritten) end.current();
  }, [hasWritten]);
  return (
    <p role="note" className={styles.prompt}>
      <IconButton size="sm" label="Dismiss" icon={<X />} onClick={onEnd} />
      <span className={styles.text}>
        Pin this, and watch {other}
        <CornerRightDown aria-hidden="true" />
      </span>
    </p>
  );
}
