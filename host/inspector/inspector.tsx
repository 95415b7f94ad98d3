import { clsx } from "clsx";
import { useEffect, useRef } from "react";
import { paneTitle } from "#host/shared/pane-title.ts";
import { createRecorder, type MountedInspector, mountInspector } from "#sync/devtools";
import theme from "#ui/inspector-theme.module.css";
import styles from "./inspector.module.css";
import type { TraceInlet } from "./trace-inlet.ts";

export interface InspectorProps {
  traces: TraceInlet;
  panes: readonly string[];
  onClose: () => void;
}

/** It goes on recording while it is closed and opened again. */
const recorder = createRecorder();

const hint =
  "Pin something in one tab. Here you see the change arrive in the others, what each of them does about it, and every request with its cause.";

/** What each pane did and why. The panel is the package's own, which any page can show. */
export function Inspector({ traces, panes, onClose }: InspectorProps) {
  const holder = useRef<HTMLElement>(null);
  const mounted = useRef<MountedInspector>(null);
  const close = useRef(onClose);
  close.current = onClose;
  const tabs = panes.map(paneTitle).join("\n");

  useEffect(() => {
    if (!holder.current) return;
    const inspector = mountInspector(holder.current, {
      recorder,
      hint,
      theme: "page",
      onClose: () => close.current(),
    });
    mounted.current = inspector;
    const undo = traces.open((pane, session, entries) =>
      recorder.add(paneTitle(pane), session, entries),
    );
    return () => {
      undo();
      inspector.unmount();
    };
  }, [traces]);

  useEffect(() => mounted.current?.setTabs(tabs === "" ? [] : tabs.split("\n")), [tabs]);

  return (
    <section ref={holder} className={clsx(theme.theme, styles.inspector)} aria-label="Inspector" />
  );
}
