import "#contract/no-eval.ts";
import "./board.css";
import type { Sync } from "tandem-sync";
import type { Mount } from "#contract/mount.ts";
import { applyTheme, preferredTheme, subscribePreference } from "#ui/theme.ts";
import { startBoard } from "./start-board.ts";

/** The federated module `wallBoard/mount`. */
export const mount: Mount = (element, context) => {
  applyTheme(context.theme);
  let sync: Sync | null = null;
  let isTraced = false;
  let undoTrace = () => {};

  function followTrace() {
    undoTrace();
    undoTrace = () => {};
    if (!isTraced || !sync) return;
    context.onTrace(sync.trace.entries);
    undoTrace = sync.trace.subscribe((entry) => context.onTrace([entry]));
  }

  const board = startBoard(element, {
    visible: context.visible,
    onOutdated: (build) => context.onOutdated?.(build),
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
    setVisible: (visible) => board.visibility.report("shell", visible),
    // It has one place only.
    navigate() {},
    traceTo(on) {
      isTraced = on;
      followTrace();
    },
    unmount() {
      undoTrace();
      board.close();
    },
  };
};

export default mount;

/** The board in a browser tab of its own. */
export function openStandalone(element: HTMLElement): void {
  const showTheme = () => applyTheme(preferredTheme());
  showTheme();
  subscribePreference(showTheme);
  startBoard(element);
}
