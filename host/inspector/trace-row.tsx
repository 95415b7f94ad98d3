import { ArrowUpDown, Info } from "lucide-react";
import { paneTitle } from "#host/shared/pane-title.ts";
import { Badge } from "#ui/badge.tsx";
import { ChangeRow } from "./change-row.tsx";
import { formatCause, formatClock, formatQuery } from "./format-trace.ts";
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
          <strong>{paneTitle(row.pane)}</strong> {formatCause(row.text)}
        </p>
        <time className={styles.time}>{formatClock(row.at)}</time>
      </li>
    );
  }
  return (
    <li className={styles.row}>
      <ArrowUpDown className={styles.icon} size={14} aria-hidden="true" />
      <div>
        <p className={styles.request}>
          <span>
            <strong>{paneTitle(row.pane)}</strong> request <code>{formatQuery(row.target)}</code>
          </span>
          {row.state === "pending" && <Badge tone="blue">pending</Badge>}
          {row.state === "failed" && <Badge tone="red">failed</Badge>}
          {row.ms !== undefined && <span className={styles.ms}>{Math.round(row.ms)} ms</span>}
        </p>
        <p className={styles.why}>{formatCause(row.cause)}</p>
      </div>
      <time className={styles.time}>{formatClock(row.at)}</time>
    </li>
  );
}
