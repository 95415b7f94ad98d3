import { Skeleton } from "#ui/skeleton.tsx";
import styles from "./account-list-skeleton.module.css";

const widths = ["58%", "44%", "66%", "38%", "52%", "61%", "47%", "55%", "41%", "63%"];

export function AccountListSkeleton() {
  return (
    <div className={styles.rows}>
      {widths.map((width) => (
        <div key={width} className={styles.row}>
          <Skeleton circle width={14} height={14} />
          <Skeleton width={width} />
        </div>
      ))}
    </div>
  );
}
