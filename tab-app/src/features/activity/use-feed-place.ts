import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { scrollerOf } from "#ui/scroller-of.ts";

export interface FeedPlaceOptions {
  feed: RefObject<HTMLElement | null>;
  /** Of the account and its filter. */
  id: string;
  rows: readonly { readonly id: string }[];
  rowAt: (index: number) => HTMLElement | undefined;
  /** By Back or Forward: the focus comes back too. Else only where nothing has it. */
  isReturning: boolean;
  /** Not where a link leads to a row. */
  isEnabled: boolean;
}

/** Frames in which rows that come into view get their heights. */
const settling = 4;
/** Milliseconds of rest before a place is kept. */
const rest = 100;

/** Keeps where a feed is scrolled to and which row has the focus, and brings both back as far as the rows are loaded. */
export function useFeedPlace({ feed, id, rows, rowAt, isReturning, isEnabled }: FeedPlaceOptions) {
  const { feedPlaces } = useData();
  const latest = useRef({ rows, rowAt, isReturning });
  latest.current = { rows, rowAt, isReturning };

  useLayoutEffect(() => {
    const place = isEnabled ? feedPlaces.get(id) : undefined;
    if (!place || !feed.current) return;
    const scroller = scrollerOf(feed.current);
    const { rows, rowAt, isReturning } = latest.current;
    const find = (rowId: string | null) => rowAt(rows.findIndex((row) => row.id === rowId));
    const scroll = () => {
      const row = find(place.row);
      if (!row) return;
      const top = offsetOf(row, scroller) - place.offset;
      (scroller ?? window).scrollBy({ top, behavior: "instant" });
    };
    scroll();
    // Rows have the heights that they have once they were in view: those before it move it.
    let frames = 0;
    let frame = requestAnimationFrame(function settle() {
      scroll();
      frames++;
      if (frames < settling) frame = requestAnimationFrame(settle);
    });
    const { activeElement, body } = document;
    if (document.hasFocus() && (isReturning || activeElement === body))
      find(place.focused)?.focus({ preventScroll: true });
    return () => cancelAnimationFrame(frame);
  }, [feed, feedPlaces, id, isEnabled]);

  const leave = useRef(() => {});
  // Before its rows leave the page. Those of another filter have taken their place already.
  useLayoutEffect(() => () => leave.current(), []);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    // Noted at once: the press that leads away takes the focus with it.
    let focused = feedPlaces.get(id)?.focused ?? null;
    const idOf = (row: HTMLElement) => latest.current.rows[Number(row.dataset.index)]?.id;
    const keep = () => {
      clearTimeout(timer);
      timer = undefined;
      if (!feed.current) return;
      const scroller = scrollerOf(feed.current);
      const articles = [...feed.current.querySelectorAll<HTMLElement>("article")];
      const first = articles.find((row) => offsetOf(row, scroller) + row.offsetHeight > 0);
      const row = first && idOf(first);
      if (!first || row === undefined) return;
      const isAtStart = (scroller?.scrollTop ?? window.scrollY) <= 0 && focused === null;
      const offset = offsetOf(first, scroller);
      feedPlaces.put(id, isAtStart ? null : { row, offset, focused });
    };
    const keepSoon = ({ target, type }: Event) => {
      if (!(target instanceof Node) || !feed.current) return;
      const isInside = feed.current.contains(target);
      if (!isInside && !target.contains(feed.current)) return;
      if (type === "focusin" && isInside && target instanceof Element) {
        const row = target.closest<HTMLElement>("article");
        focused = (row && idOf(row)) ?? focused;
      }
      clearTimeout(timer);
      timer = setTimeout(keep, rest);
    };
    const keepNow = () => {
      if (timer !== undefined) keep();
    };
    leave.current = keepNow;
    window.addEventListener("pagehide", keepNow);
    document.addEventListener("scroll", keepSoon, { capture: true, passive: true });
    document.addEventListener("focusin", keepSoon);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("pagehide", keepNow);
      document.removeEventListener("scroll", keepSoon, { capture: true });
      document.removeEventListener("focusin", keepSoon);
    };
  }, [feed, feedPlaces, id]);
}

/** How far the top of a row is below that of what scrolls; null for the window. */
function offsetOf(row: HTMLElement, scroller: Element | null): number {
  return row.getBoundingClientRect().top - (scroller?.getBoundingClientRect().top ?? 0);
}
