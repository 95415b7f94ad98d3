import { Skeleton } from "#ui/skeleton.tsx";
import styles from "./card.module.css";

const widths = ["62%", "48%", "70%", "55%"];

export function CardSkeleton() {
  return (
    <div className={styles.skeleton}>
      {widths.map((width) => (
        <Skeleton key={width} width={width} />
      ))}
    </div>
  );
}
