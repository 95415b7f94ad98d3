import { Skeleton } from "#ui/skeleton.tsx";
import styles from "./user-list.module.css";

const rows = ["44%", "52%", "38%", "47%", "41%", "50%"];

export function UserListSkeleton() {
  return (
    <div aria-busy="true">
      {rows.map((width) => (
        <div key={width} className={styles.skeleton}>
          <Skeleton circle width={34} height={34} />
          <div className={styles.lines}>
            <Skeleton width={width} />
            <Skeleton width="62%" height={10} />
          </div>
        </div>
      ))}
    </div>
  );
}
