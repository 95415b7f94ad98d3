import { useQueryClient } from "@tanstack/react-query";
import { clsx } from "clsx";
import { useEffect, useLayoutEffect, useRef } from "react";
import { createRecorder, mountInspector, observeTab } from "#sync/devtools";
import { useSync } from "#sync/react";
import theme from "#ui/inspector-theme.module.css";
import styles from "./tab-inspector.module.css";

/** What this tab did and why, in a tab of its own; for panes the shell has one. */
export function TabInspector({ onClose }: { onClose: () => void }) {
  const sync = useSync();
  const queryClient = useQueryClient();
  const holder = useRef<HTMLElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  // The page makes room for it.
  useLayoutEffect(() => {
    const { classList } = document.documentElement;
    const [name = ""] = [styles.beside];
    classList.add(name);
    return () => classList.remove(name);
  }, []);
  useEffect(() => {
    if (!holder.current) return;
    const title = "This tab";
    const recorder = createRecorder();
    const undo = observeTab({ sync, queryClient }, (reports) => recorder.add(title, 0, reports));
    const inspector = mountInspector(holder.current, {
      recorder,
      tabs: [title],
      hint: "Pin something here or in another tab. Here you see the change, what this tab does about it, and every request with its cause.",
      theme: "page",
      onClose: () => close.current(),
    });
    return () => {
      undo();
      inspector.unmount();
    };
  }, [sync, queryClient]);

  return (
    <section ref={holder} className={clsx(theme.theme, styles.inspector)} aria-label="Inspector" />
  );
}
