import { HardDrive } from "lucide-react";
import { useStorageTrouble } from "#data/hooks/use-work.ts";
import styles from "./storage-notice.module.css";

/** Shown when storage is unavailable: everything works, until the page is closed. */
export function StorageNotice() {
  const trouble = useStorageTrouble();
  if (trouble === null) return null;
  return (
    <p role="note" title={trouble} className={styles.notice}>
      <HardDrive aria-hidden="true" />
      This browser keeps nothing: a reload reads everything anew, and unsent work lives only as long
      as this page.
    </p>
  );
}
