import { hasOwnKeys, isTyping, keysOf } from "#contract/keys.ts";
import type { Shell } from "./shell.ts";

/** The keys that a pane has for itself as well: pressed in the shell's own document, they open what the pane has. */
export function listenForKeys(page: Window, shell: Pick<Shell, "open">): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    const { target, repeat, defaultPrevented } = event;
    if (repeat || defaultPrevented) return;
    const keys = keysOf(event);
    const isBusy = isTyping(target) || hasOwnKeys(target);
    const what = keys === "Mod+K" ? "menu" : keys === "?" && !isBusy ? "shortcuts" : null;
    if (!what) return;
    event.preventDefault();
    shell.open(what);
  };
  page.addEventListener("keydown", onKeyDown);
  return () => page.removeEventListener("keydown", onKeyDown);
}
