import { Skeleton } from "#ui/skeleton.tsx";
import styles from "./activity-feed-skeleton.module.css";

const rows = ["64%", "48%", "71%", "55%", "42%", "67%"];

export function ActivityFeedSkeleton() {
  return (
    <div aria-busy="true">
      <div className={styles.day}>
        <Skeleton width={72} height={10} />
      </div>
      {rows.map((width) => (
        <div key={width} className={styles.row}>
          <Skeleton width={28} height={28} />
          <div className={styles.lines}>
            <Skeleton width={width} />
            <Skeleton width="88%" height={10} />
            <Skeleton width={132} height={10} />
          </div>
        </div>
      ))}
    </div>
  );
}
