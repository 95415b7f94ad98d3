import type { KeyboardEvent } from "react";

/**
 * Page Down and Page Up move between articles, Control+End and Control+Home to the elements after and
 * before the feed (WAI-ARIA APG, feed pattern). True when the key was handled.
 */
export function stepThroughFeed(
  feed: HTMLElement,
  { key, ctrlKey, target }: Pick<KeyboardEvent, "key" | "ctrlKey" | "target">,
  articleAt: (index: number) => HTMLElement | undefined,
): boolean {
  // In a text area these keys move the caret.
  if (target instanceof HTMLTextAreaElement) return false;
  const article = target instanceof Element && target.closest<HTMLElement>("article");
  if (!article || !feed.contains(article)) return false;
  const at = Number(article.dataset.index);
  const next =
    key === "PageDown"
      ? articleAt(at + 1)
      : key === "PageUp"
        ? articleAt(at - 1)
        : key === "End" && ctrlKey
          ? outside(feed, Node.DOCUMENT_POSITION_FOLLOWING)[0]
          : key === "Home" && ctrlKey
            ? outside(feed, Node.DOCUMENT_POSITION_PRECEDING).at(-1)
            : undefined;
  next?.focus();
  return next !== undefined;
}

function outside(feed: HTMLElement, side: number): HTMLElement[] {
  const stops = document.querySelectorAll<HTMLElement>(
    "a[href], button:enabled, input, textarea, [tabindex='0']",
  );
  return [...stops].filter(
    (stop) => !feed.contains(stop) && feed.compareDocumentPosition(stop) & side,
  );
}
