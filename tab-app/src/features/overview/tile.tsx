import { Skeleton } from "#ui/skeleton.tsx";
import styles from "./tile.module.css";

export interface TileProps {
  label: string;
  /** Undefined while it is read. */
  value: number | undefined;
  /** Of a number that is not 0. */
  tone?: "red" | "amber" | "accent";
  /** Shows what it counts. */
  onOpen: () => void;
}

export function Tile({ label, value, tone, onOpen }: TileProps) {
  const content = (
    <>
      <span className={styles.value} data-tone={value ? tone : undefined}>
        {value === undefined ? <Skeleton width={32} height={20} /> : value.toLocaleString("en")}
      </span>{" "}
      <span className={styles.label}>{label}</span>
    </>
  );
  return (
    <li>
      {value ? (
        <button type="button" className={styles.tile} onClick={onOpen}>
          {content}
        </button>
      ) : (
        <div className={styles.tile}>{content}</div>
      )}
    </li>
  );
}
