import "#contract/no-eval.ts";
import "#ui/base.css";
import type { Mount } from "#contract/mount.ts";
import type { Sync, TraceEntry } from "#sync";
import { applyTheme, preferredTheme, subscribePreference } from "#ui/theme.ts";
import { createTab } from "./create-tab.tsx";

/** The federated module `tabApp/mount`: a tab in a pane of the shell. */
export const mount: Mount = (element, context) => {
  applyTheme(context.theme);
  let sync: Sync | null = null;
  let isTraced = false;
  let undoTrace = () => {};
  const unsent: TraceEntry[] = [];
  // A burst of entries is one message to the shell.
  const sendTrace = (entry: TraceEntry) => {
    if (unsent.push(entry) > 1) return;
    setTimeout(() => context.onTrace(unsent.splice(0)), 50);
  };
  function followTrace() {
    undoTrace();
    undoTrace = () => {};
    if (!isTraced || !sync) return;
    context.onTrace(sync.trace.entries);
    undoTrace = sync.trace.subscribe(sendTrace);
  }

  const { visibility, location, commands, close } = createTab(element, {
    name: context.name,
    standalone: false,
    url: context.url,
    visible: context.visible,
    onUrl: context.onUrl,
    onReveal: context.onReveal,
    shell: context.shell,
    onTitle: context.onTitle,
    onOutdated: context.onOutdated,
    onSync(opened) {
      sync = opened;
      const sendStatus = () => context.onStatus(opened.status);
      const undoStatus = opened.subscribe(sendStatus);
      sendStatus();
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
    open: commands.show,
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
  const showTheme = () => applyTheme(preferredTheme());
  showTheme();
  subscribePreference(showTheme);
  createTab(element, {
    name: "This tab",
    standalone: true,
    url: window.location.pathname + window.location.search,
  });
}
