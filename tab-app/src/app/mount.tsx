import "#contract/no-eval.ts";
import "#ui/base.css";
import type { Mount } from "#contract/mount.ts";
import type { Sync, TraceEntry } from "#sync";
import { applyTheme, preferredTheme } from "#ui/theme.ts";
import { createTab } from "./create-tab.tsx";

/** The federated module `tabApp/mount`: a tab in a pane of the shell. */
export const mount: Mount = (element, context) => {
  applyTheme(context.theme);
  let sync: Sync | null = null;
  let isTraced = false;
  let undoTrace = () => {};
  const untold: TraceEntry[] = [];
  // A burst of entries is one message to the shell.
  const tellTrace = (entry: TraceEntry) => {
    if (untold.push(entry) > 1) return;
    setTimeout(() => context.onTrace(untold.splice(0)), 50);
  };
  function followTrace() {
    undoTrace();
    undoTrace = () => {};
    if (!isTraced || !sync) return;
    context.onTrace(sync.trace.entries);
    undoTrace = sync.trace.subscribe(tellTrace);
  }

  const { visibility, location, close } = createTab(element, {
    name: context.name,
    standalone: false,
    url: context.url,
    visible: context.visible,
    onUrl: context.onUrl,
    onReveal: context.onReveal,
    onSync(begun) {
      sync = begun;
      const tellStatus = () => context.onStatus(begun.status);
      const undoStatus = begun.subscribe(tellStatus);
      tellStatus();
      followTrace();
      return () => {
        undoStatus();
        undoTrace();
        sync = null;
      };
    },
  });

  return {
    setTheme: applyTheme,
    setVisible: (visible) => visibility.report("shell", visible),
    navigate: location.navigate,
    traceTo(on) {
      isTraced = on;
      followTrace();
    },
    unmount: close,
  };
};

export default mount;

/** A tab in a browser tab of its own, with its own history and theme. */
export function openStandalone(element: HTMLElement): void {
  applyTheme(preferredTheme());
  createTab(element, {
    name: "This tab",
    standalone: true,
    url: window.location.pathname + window.location.search,
  });
}
