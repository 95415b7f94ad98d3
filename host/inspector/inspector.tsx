import { ListTree } from "lucide-react";
import { useState } from "react";
import { useObservable } from "#host/shared/use-observable.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import styles from "./inspector.module.css";
import { InspectorToolbar } from "./inspector-toolbar.tsx";
import type { TraceLog } from "./trace-log.ts";
import { TraceRowView } from "./trace-row.tsx";
import { panesOf } from "./trace-rows.ts";

export interface InspectorProps {
  traces: TraceLog;
  panes: readonly string[];
  onClose: () => void;
}

/** What each pane did and why, in one list. */
export function Inspector({ traces, panes, onClose }: InspectorProps) {
  const view = useObservable(traces.view);
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const rows = view.rows.filter((row) => panesOf(row).some((pane) => !without.has(pane)));
  const toggle = (pane: string) => {
    const next = new Set(without);
    if (!next.delete(pane)) next.add(pane);
    setWithout(next);
  };
  return (
    <section className={styles.inspector} aria-label="Inspector">
      <InspectorToolbar
        view={view}
        panes={panes}
        without={without}
        onToggle={toggle}
        onPause={traces.pause}
        onClear={traces.clear}
        onClose={onClose}
      />
      {rows.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard
        <ol className={styles.rows} tabIndex={0} aria-label="Trace, newest first" aria-live="off">
          {rows.map((row) => (
            <TraceRowView key={row.key} row={row} without={without} />
          ))}
        </ol>
      ) : (
        <div className={styles.empty}>
          <EmptyState
            icon={<ListTree />}
            title={view.rows.length > 0 ? "Nothing from these tabs" : "Nothing has happened yet"}
            description={
              view.rows.length > 0
                ? "Every entry is from a tab that the filter leaves out."
                : "Pin something in one tab. Here you see the change arrive in the others, what each of them does about it, and every request with its cause."
            }
          />
        </div>
      )}
    </section>
  );
}
