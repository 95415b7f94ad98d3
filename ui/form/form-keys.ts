import type { KeyboardEvent } from "react";

/**
 * Handles the keys of a form, or of one text area in it: Control or Command with Enter submits the
 * form, Escape calls `onEscape`.
 */
export function formKeys({ onEscape }: { onEscape?: (() => void) | undefined } = {}) {
  return (event: KeyboardEvent<HTMLFormElement | HTMLTextAreaElement>) => {
    // React events bubble from the popup of a field, which is elsewhere in the page and has its own keys.
    const { target, currentTarget } = event;
    const isInForm = target instanceof Node && currentTarget.contains(target);
    // A radio handles any Enter, so that one alone chooses nothing.
    const isHandled = event.defaultPrevented && !(event.key === "Enter" && isRadio(target));
    if (!isInForm || isHandled || isBeneathModal(target) || event.nativeEvent.isComposing) return;
    if (event.key === "Escape") onEscape?.();
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const form = currentTarget instanceof HTMLFormElement ? currentTarget : currentTarget.form;
    form?.requestSubmit();
  };
}

function isRadio(target: EventTarget): boolean {
  return target instanceof Element && target.role === "radio";
}

/** The focus moves into a dialog a moment after it opens; the keys are the dialog's by then. */
function isBeneathModal(target: Node): boolean {
  return target instanceof Element && target.closest("[inert], [aria-hidden=true]") !== null;
}
