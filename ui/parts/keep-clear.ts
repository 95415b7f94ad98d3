import { scrollerOf } from "#ui/scroller-of.ts";

/** Pixels between what is kept clear and what would cover it. */
const gap = 8;

/** What a toast must not cover: what the user is at, and what is marked so, which that may bring into view. */
function wanted(): Element[] {
  const used = document.activeElement?.closest("article, li");
  return [...(used ? [used] : []), ...document.querySelectorAll("[data-keep-clear]")];
}

/**
 * Scrolls what is wanted from under a box at the bottom of the window, `room` pixels high. What scrolls has that much
 * room at its end (`--toast-room`), so that it can.
 */
export function keepClear(box: Pick<DOMRect, "left" | "right">, room: number): void {
  const top = window.innerHeight - room;
  for (const element of wanted()) {
    const { bottom, left, right, top: own } = element.getBoundingClientRect();
    const isCovered =
      bottom > top && own < window.innerHeight && right > box.left && left < box.right;
    if (isCovered) (scrollerOf(element) ?? window).scrollBy({ top: bottom - top + gap });
  }
}
