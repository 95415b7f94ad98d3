import { useEffect } from "react";

const storageKey = "tandem-focus";

/** After a reload the pane that had the keyboard has it again. Where in it, is the tab's own to know. */
export function useKeptFocus(): void {
  useEffect(() => {
    const kept = read();
    const frame = kept ? document.getElementById(kept) : null;
    // A frame that has the focus while it loads loses it.
    const restore = () => document.activeElement === document.body && frame?.focus();
    frame?.addEventListener("load", restore, { once: true });
    addEventListener("pagehide", keep);
    return () => {
      frame?.removeEventListener("load", restore);
      removeEventListener("pagehide", keep);
    };
  }, []);
}

/** The id of the frame; "" where none has the focus. */
function keep(): void {
  const { activeElement } = document;
  try {
    const id = activeElement instanceof HTMLIFrameElement ? activeElement.id : "";
    sessionStorage.setItem(storageKey, id);
  } catch {
    // Storage is blocked: the page begins without a focus.
  }
}

function read(): string | null {
  try {
    return sessionStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
