import { type FocusEvent, useState } from "react";

/**
 * Whether the focus is within, for an element that is larger then. It closes only when the pointer is
 * released, so that what is pressed outside does not move from under the pointer.
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
          // The click follows pointerup.
          setTimeout(close);
        };
        for (const type of ["pointerup", "pointercancel", "dragend"])
          window.addEventListener(type, closeOnce, { signal: undo.signal });
      },
    },
  };
}
