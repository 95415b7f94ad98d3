import { type FocusEvent, useState } from "react";

/**
 * Whether the focus is within, for what takes more room then. What is pressed outside must not move
 * away from under the pointer: it closes only once the pointer is let go.
 */
export function useOpenWhileFocused() {
  const [isOpen, setOpen] = useState(false);
  return {
    isOpen,
    within: {
      onFocus: () => setOpen(true),
      onBlur({ currentTarget, relatedTarget }: FocusEvent<HTMLElement>) {
        if (currentTarget.contains(relatedTarget)) return;
        const close = () => setOpen(currentTarget.contains(document.activeElement));
        if (!document.querySelector(":active")) return close();
        const undo = new AbortController();
        const closeOnce = () => {
          undo.abort();
          // The click comes after the pointer is up.
          setTimeout(close);
        };
        for (const type of ["pointerup", "pointercancel", "dragend"])
          window.addEventListener(type, closeOnce, { signal: undo.signal });
      },
    },
  };
}
