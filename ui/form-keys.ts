import type { KeyboardEvent } from "react";

/** Escape leaves a form; Control or Command with Enter sends it, also out of a text of many lines. */
export function formKeys({ onEscape }: { onEscape?: () => void } = {}) {
  return (event: KeyboardEvent<HTMLFormElement>) => {
    // The popup of a field stands elsewhere on the page and has keys of its own.
    const { target, currentTarget } = event;
    const isInForm = target instanceof Node && currentTarget.contains(target);
    if (!isInForm || event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (event.key === "Escape") onEscape?.();
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    currentTarget.requestSubmit();
  };
}
