import { ListX, Pause, Play, X } from "lucide-react";
import { paneTitle } from "#host/shared/pane-title.ts";
import { IconButton } from "#ui/icon-button.tsx";
import styles from "./inspector-toolbar.module.css";
import type { TraceView } from "./trace-log.ts";

export interface InspectorToolbarProps {
  view: TraceView;
  panes: readonly string[];
  /** The panes that are filtered out. */
  without: ReadonlySet<string>;
  onToggle: (pane: string) => void;
  onPause: (on: boolean) => void;
  onClear: () => void;
  onClose: () => void;
}

export function InspectorToolbar(props: InspectorToolbarProps) {
  const { view, panes, without, onToggle, onPause, onClear, onClose } = props;
  return (
    <header className={styles.toolbar}>
      <div className={styles.top}>
        <h2>Inspector</h2>
        {view.paused && (
          <span className={styles.paused}>
            Paused{view.waiting > 0 && `, ${view.waiting} waiting`}
          </span>
        )}
        <div className={styles.actions}>
          <IconButton
            size="sm"
            label={view.paused ? "Resume" : "Pause"}
            icon={view.paused ? <Play /> : <Pause />}
            aria-pressed={view.paused}
            onClick={() => onPause(!view.paused)}
          />
          <IconButton size="sm" label="Clear" icon={<ListX />} onClick={onClear} />
          <IconButton size="sm" label="Close drawer" icon={<X />} onClick={onClose} />
        </div>
      </div>
      <fieldset className={styles.panes}>
        <legend className="visually-hidden">Tabs, with their requests since cleared</legend>
        {panes.map((pane) => (
          <button
            key={pane}
            type="button"
            className={styles.pane}
            aria-pressed={!without.has(pane)}
            onClick={() => onToggle(pane)}
          >
            {paneTitle(pane)}
            <span className={styles.count}>{requestsOf(view.requests.get(pane) ?? 0)}</span>
          </button>
        ))}
      </fieldset>
    </header>
  );
}

function requestsOf(count: number): string {
  return count === 1 ? "1 request" : `${count} requests`;
}
