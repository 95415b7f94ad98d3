import "#contract/no-eval.ts";
import "#ui/base.css";
import type { QueryClient } from "@tanstack/react-query";
import type { Mount } from "#contract/mount.ts";
import type { Sync } from "#sync";
import { applyTheme, preferredTheme, subscribePreference } from "#ui/theme.ts";
import { createTab } from "./create-tab.tsx";

/** The federated module `tabApp/mount`: a tab in a pane of the shell. */
export const mount: Mount = (element, context) => {
  applyTheme(context.theme);
  let open: { sync: Sync; queryClient: QueryClient } | null = null;
  let isTraced = false;
  let undoTrace = () => {};
  function followTrace() {
    undoTrace();
    undoTrace = () => {};
    if (isTraced && open && parts.value) undoTrace = parts.value.observeTab(open, context.onTrace);
  }

  const { visibility, location, commands, parts, close } = createTab(element, {
    name: context.name,
    standalone: false,
    url: context.url,
    visible: context.visible,
    onUrl: context.onUrl,
    onReveal: context.onReveal,
    shell: context.shell,
    onTitle: context.onTitle,
    onOutdated: context.onOutdated,
    onSync(sync, queryClient) {
      open = { sync, queryClient };
      const sendStatus = () => context.onStatus(sync.status);
      const undoStatus = sync.subscribe(sendStatus);
      sendStatus();
      followTrace();
      return () => {
        undoStatus();
        undoTrace();
        open = null;
      };
    },
  });

  parts.subscribe(followTrace);

  return {
    setTheme: applyTheme,
    setVisible: (visible) => visibility.report("shell", visible),
    navigate: location.navigate,
    open: commands.show,
    traceTo(on) {
      isTraced = on;
      parts.preload();
      followTrace();
    },
    tryOut: (trial) => void parts.value?.tryOut(trial),
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
