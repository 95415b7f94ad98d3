import styles from "./gap.module.css";

export interface GapProps {
  /** Pixels. */
  height: number;
  as?: "div" | "li";
}

/** In place of rows that are not rendered. Key it by the row that follows: rows then never change places. */
export function Gap({ height, as: Element = "div" }: GapProps) {
  return <Element aria-hidden="true" className={styles.gap} style={{ height }} />;
}
