import { Skeleton } from "#ui/skeleton.tsx";
import styles from "./pane-loading.module.css";

const rows = ["62%", "48%", "70%", "55%", "66%", "44%", "58%"];

/** Covers the frame until the app is mounted. The shell does not know its layout: a list and a page stand for it. */
export function PaneLoading() {
  return (
    <div className={styles.loading}>
      <div className={styles.list}>
        {rows.map((width) => (
          <div key={width} className={styles.row}>
            <Skeleton circle width={22} height={22} />
            <Skeleton width={width} height={10} />
          </div>
        ))}
      </div>
      <div className={styles.page}>
        <Skeleton width="38%" height={18} />
        <Skeleton width="64%" height={10} />
        <div className={styles.block}>
          <Skeleton height={88} />
        </div>
        <Skeleton width="30%" height={12} />
        <Skeleton height={44} />
        <Skeleton height={44} />
        <Skeleton height={44} />
      </div>
    </div>
  );
}
