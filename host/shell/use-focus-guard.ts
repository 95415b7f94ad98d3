import { useEffect } from "react";
import { isForeign } from "#host/panes/remotes.ts";
import { useObservable } from "#host/shared/use-observable.ts";
import type { Shell } from "./shell.ts";

/** While a pane of another origin is open: its page is put away when it takes the focus from another pane. */
export function useFocusGuard(shell: Shell): void {
  const { panes } = useObservable(shell.state);
  const hasForeign = panes.some(({ remote }) => isForeign(remote));
  useEffect(() => {
    if (!hasForeign) return;
    let undo: (() => void) | null = () => {};
    import("#host/panes/guard-focus.ts").then(
      ({ guardFocus }) => {
        if (!undo) return;
        undo = guardFocus({
          foreign: () =>
            shell.state.get().panes.flatMap(({ id, remote }) => (isForeign(remote) ? id : [])),
          onTaken: (id) => shell.pane(id)?.tookFocus(),
        });
      },
      () => {}, // Without a network it is as before.
    );
    return () => {
      undo?.();
      undo = null;
    };
  }, [shell, hasForeign]);
}
