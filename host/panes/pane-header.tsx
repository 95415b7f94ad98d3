import { ExternalLink, Eye, EyeOff, RotateCw, X } from "lucide-react";
import { IconButton } from "#ui/icon-button.tsx";
import { StatusDot } from "#ui/status-dot.tsx";
import type { PaneActions } from "./pane-actions.ts";
import styles from "./pane-header.module.css";
import { PaneMenu } from "./pane-menu.tsx";
import type { PanePlace } from "./pane-place.ts";
import type { PaneState } from "./pane-state.ts";
import { paneStatus } from "./pane-status.ts";
import { useDragToMove } from "./use-drag-to-move.ts";

export interface PaneHeaderProps {
  title: string;
  /** What its user calls it; "" is nothing. */
  label: string;
  /** Of what the tab shows; null where nothing is chosen. */
  name: string | null;
  app: string;
  state: PaneState;
  place: PanePlace;
  actions: PaneActions;
  onReload: () => void;
}

export function PaneHeader(props: PaneHeaderProps) {
  const { title, label, name, app, state, place, actions, onReload } = props;
  const { word, tone, pulse } = paneStatus(state);
  const speaksForItself = place.shown && state.phase === "ready";
  const drag = useDragToMove(actions.moveTo);
  return (
    <header className={styles.header} {...(place.shown && !place.alone && drag)}>
      <h2 className={styles.title}>{title}</h2>
      {label && (
        <span className={styles.label} title={label} dir="auto">
          {label}
        </span>
      )}
      {name === null ? (
        <span className={styles.app}>{app}</span>
      ) : (
        <span className={styles.name} title={name} dir="auto">
          {name}
        </span>
      )}
      {!speaksForItself && (
        <span className={styles.state}>
          <StatusDot tone={tone} pulse={pulse} />
          <span className={styles.word}>{word}</span>
        </span>
      )}
      <div className={styles.actions}>
        {place.shown ? (
          <IconButton size="sm" label={`Hide ${title}`} icon={<EyeOff />} onClick={actions.hide} />
        ) : (
          <IconButton size="sm" label={`Show ${title}`} icon={<Eye />} onClick={actions.show} />
        )}
        {state.phase !== "unloaded" && (
          <IconButton size="sm" label={`Reload ${title}`} icon={<RotateCw />} onClick={onReload} />
        )}
        {actions.popOut && (
          <IconButton
            size="sm"
            label={`Open ${title} in a browser tab`}
            icon={<ExternalLink />}
            onClick={actions.popOut}
          />
        )}
        <PaneMenu title={title} place={place} actions={actions} />
        <IconButton size="sm" label={`Close ${title}`} icon={<X />} onClick={actions.close} />
      </div>
    </header>
  );
}
