import "#sync/no-eval.ts";
import "#ui/base.css";
import type { TraceEntry } from "#sync/trace.ts";
import { applyTheme, preferredTheme } from "#ui/theme.ts";
import { createTab } from "./create-tab.tsx";
import type { Mount } from "./mount-contract.ts";

/** The federated module `tabApp/mount`: a tab in a pane of the shell. */
export const mount: Mount = (element, context) => {
  applyTheme(context.theme);
  const { sync, location, close } = createTab(element, {
    name: context.name,
    standalone: false,
    url: context.url,
    visible: context.visible,
    onUrl: context.onUrl,
  });
  const tellStatus = () => context.onStatus(sync.status);
  const undoStatus = sync.subscribe(tellStatus);
  let undoTrace: (() => void) | undefined;
  const untold: TraceEntry[] = [];
  // A burst of entries is one message to the shell.
  const tellTrace = (entry: TraceEntry) => {
    if (untold.push(entry) > 1) return;
    setTimeout(() => context.onTrace(untold.splice(0)), 50);
  };
  tellStatus();

  return {
    setTheme: applyTheme,
    setVisible: (visible) => sync.visibility.say("shell", visible),
    navigate: location.navigate,
    traceTo(on) {
      undoTrace?.();
      undoTrace = undefined;
      if (!on) return;
      context.onTrace(sync.trace.entries);
      undoTrace = sync.trace.subscribe(tellTrace);
    },
    unmount() {
      undoTrace?.();
      undoStatus();
      close();
    },
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
