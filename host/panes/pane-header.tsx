import { ExternalLink, Eye, EyeOff, RotateCw, X } from "lucide-react";
import { IconButton } from "#ui/icon-button.tsx";
import { StatusDot } from "#ui/status-dot.tsx";
import styles from "./pane-header.module.css";
import type { PaneState } from "./pane-state.ts";
import { paneStatus } from "./pane-status.ts";

export interface PaneHeaderProps {
  title: string;
  /** Of what the tab shows; null where nothing is chosen. */
  name: string | null;
  app: string;
  state: PaneState;
  shown: boolean;
  onHide: () => void;
  onShow: () => void;
  onReload: () => void;
  onPopOut: () => void;
  onClose: () => void;
}

export function PaneHeader(props: PaneHeaderProps) {
  const { title, name, app, state, shown, onHide, onShow, onReload, onPopOut, onClose } = props;
  const { word, tone, pulse } = paneStatus(state);
  const speaksForItself = shown && state.phase === "ready";
  return (
    <header className={styles.header}>
      <h2 className={styles.title}>{title}</h2>
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
        {shown ? (
          <IconButton size="sm" label={`Hide ${title}`} icon={<EyeOff />} onClick={onHide} />
        ) : (
          <IconButton size="sm" label={`Show ${title}`} icon={<Eye />} onClick={onShow} />
        )}
        <IconButton size="sm" label={`Reload ${title}`} icon={<RotateCw />} onClick={onReload} />
        <IconButton
          size="sm"
          label={`Open ${title} in a browser tab`}
          icon={<ExternalLink />}
          onClick={onPopOut}
        />
        <IconButton size="sm" label={`Close ${title}`} icon={<X />} onClick={onClose} />
      </div>
    </header>
  );
}
