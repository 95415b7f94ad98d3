import { ArrowUpDown, Info } from "lucide-react";
import { Badge } from "#ui/badge.tsx";
import { ChangeRow } from "./change-row.tsx";
import { titleOf } from "./title-of.ts";
import { causeWords, clockTime, queryWords } from "./trace-format.ts";
import styles from "./trace-row.module.css";
import type { TraceRow } from "./trace-rows.ts";

export interface TraceRowProps {
  row: TraceRow;
  /** The panes that are filtered out. */
  without: ReadonlySet<string>;
}

export function TraceRowView({ row, without }: TraceRowProps) {
  if (row.type === "change") return <ChangeRow row={row} without={without} />;
  if (row.type === "note") {
    return (
      <li className={styles.row}>
        <Info className={styles.icon} size={14} aria-hidden="true" />
        <p className={styles.line}>
          <strong>{titleOf(row.pane)}</strong> {causeWords(row.text)}
        </p>
        <time className={styles.time}>{clockTime(row.at)}</time>
      </li>
    );
  }
  return (
    <li className={styles.row}>
      <ArrowUpDown className={styles.icon} size={14} aria-hidden="true" />
      <div>
        <p className={styles.request}>
          <span>
            <strong>{titleOf(row.pane)}</strong> request <code>{queryWords(row.target)}</code>
          </span>
          {row.state === "pending" && <Badge tone="blue">pending</Badge>}
          {row.state === "failed" && <Badge tone="red">failed</Badge>}
          {row.ms !== undefined && <span className={styles.ms}>{Math.round(row.ms)} ms</span>}
        </p>
        <p className={styles.why}>{causeWords(row.cause)}</p>
      </div>
      <time className={styles.time}>{clockTime(row.at)}</time>
    </li>
  );
}
