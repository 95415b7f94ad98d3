import { useCallback } from "react";
import { paneTitle } from "#host/shared/pane-title.ts";
import type { Pane } from "./pane.ts";
import { frameId } from "./pane-focus.ts";
import styles from "./pane-frame.module.css";
import { connectFrame } from "./pane-link.ts";
import { frameUrl, type Remote, sandboxOf } from "./remotes.ts";

export interface PaneFrameProps {
  id: string;
  remote: Remote;
  pane: Pane;
  paneOrigin: string;
}

export function PaneFrame({ id, remote, pane, paneOrigin }: PaneFrameProps) {
  const url = frameUrl(paneOrigin, remote);
  const attach = useCallback(
    (frame: HTMLIFrameElement) => pane.attach(connectFrame(frame, new URL(url).origin)),
    [pane, url],
  );
  return (
    <iframe
      ref={attach}
      id={frameId(id)}
      title={paneTitle(id)}
      className={styles.frame}
      sandbox={sandboxOf(remote)}
      allow={remote.allow.join("; ")}
      src={url}
      onLoad={pane.frameLoaded}
    />
  );
}
