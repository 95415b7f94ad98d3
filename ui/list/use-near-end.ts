import { type RefObject, useEffect, useRef } from "react";
import { scrollerOf } from "#ui/scroller-of.ts";

/** How far above its end, in pixels, a list counts as near it. */
const margin = 600;

/** How much below the end of a list, in pixels, is left empty. */
const room = 300;

export interface NearEndOptions {
  /** An element at the end of the list. */
  end: RefObject<Element | null>;
  /** Whether there is more to load, nothing is being loaded, and nothing has failed. */
  isEnabled: boolean;
  /**
   * Only after the user has scrolled since the last time, unless the screen has room for several rows more: what comes
   * into view otherwise loads nothing.
   */
  onlyByScrolling?: boolean;
  load: () => void;
}

/** Loads the next rows of a list when its end is near, by an observer that sees only what is on screen. */
export function useNearEnd({ end, isEnabled, onlyByScrolling = false, load }: NearEndOptions) {
  const latest = useRef(load);
  latest.current = load;
  const hasScrolled = useRef(false);

  useEffect(() => {
    const element = end.current;
    if (!isEnabled || !element) return;
    const scroller = scrollerOf(element);
    let isNear = false;
    let isOver = false;
    const attempt = () => {
      if (isOver || !isNear) return;
      if (onlyByScrolling && !hasScrolled.current && !isRoomBelow(element, scroller)) return;
      isOver = true;
      hasScrolled.current = false;
      latest.current();
    };
    const observer = new IntersectionObserver(
      (entries) => {
        isNear = entries.at(-1)?.isIntersecting ?? false;
        attempt();
      },
      // Margins count at the edge of what scrolls, and of the window.
      { root: scroller, rootMargin: `${margin}px 0px` },
    );
    observer.observe(element);
    const onInput = (event: Event) => {
      if (!isScrolling(event)) return;
      hasScrolled.current = true;
      attempt();
    };
    const inputs = onlyByScrolling ? (["wheel", "touchmove", "keydown", "mousedown"] as const) : [];
    for (const type of inputs) document.addEventListener(type, onInput, { passive: true });
    return () => {
      observer.disconnect();
      for (const type of inputs) document.removeEventListener(type, onInput);
    };
  }, [end, isEnabled, onlyByScrolling]);
}

/** Whether a list ends far above the fold, as its first rows do on a tall screen. */
function isRoomBelow(end: Element, scroller: Element | null): boolean {
  const fold = scroller?.getBoundingClientRect().bottom ?? window.innerHeight;
  return fold - end.getBoundingClientRect().bottom > room;
}

const scrollKeys = new Set(["PageDown", "ArrowDown", "End", " "]);

/** Whether this scrolls down. A script scrolls without an event of the user. */
function isScrolling(event: Event): boolean {
  if (event instanceof WheelEvent) return event.deltaY > 0;
  if (event instanceof KeyboardEvent) return scrollKeys.has(event.key) && !isField(event.target);
  if (!(event instanceof MouseEvent)) return true;
  // On the scroll bar.
  const { target } = event;
  return target instanceof Element && event.offsetX >= target.clientWidth && target.clientWidth > 0;
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches("input, textarea, select");
}
