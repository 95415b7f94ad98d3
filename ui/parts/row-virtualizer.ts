import {
  defaultRangeExtractor,
  Virtualizer,
  type VirtualizerOptions,
} from "@tanstack/virtual-core";
import type { RefObject } from "react";
import { flushSync } from "react-dom";

/** Rows rendered beyond each end of the window. */
const overscan = 4;

/** A row that is being used keeps its state and the focus while it is scrolled out of view. */
const inUse = ':focus-within, :has(form, [aria-expanded="true"])';

type ListVirtualizer = Virtualizer<HTMLElement, HTMLElement>;

export interface RowWindowOptions {
  list: RefObject<HTMLElement | null>;
  count: number;
  /** The key of the row at an index. The same function for as long as all keys stay at their index. */
  keyAt: (index: number) => string;
  /** Pixels assumed for a row that was never rendered. */
  estimate: number;
  /** Pixels that a row takes in the list, with what belongs to it. By default its own height. */
  heightOf?: (row: HTMLElement) => number;
  /** Indexes that are rendered wherever the reader is. `first` is the first row in the window. */
  keep?: (first: number) => readonly number[];
}

export interface RowWindow {
  /** The rows to render, in order. `gap` is the height in pixels of those left out before a row. */
  readonly rows: readonly { readonly index: number; readonly gap: number }[];
  /** Whether rows are left out. */
  readonly isPartial: boolean;
  /** Ref of each row, which needs its index as `data-index`. Call it again where `heightOf` has changed. */
  readonly measure: (row: HTMLElement | null) => void;
  /** Renders the row at an index, and returns it. */
  readonly rowAt: (index: number) => HTMLElement | undefined;
}

/** What `useRowWindow` needs of a list that is long. */
export interface RowVirtualizer {
  /** At each render. */
  update(options: RowWindowOptions, isPartial: boolean): void;
  /** At the first commit. Returns the undo. */
  mount(): () => void;
  /** At each commit. */
  follow(): void;
  rows(): RowWindow["rows"];
  readonly measure: RowWindow["measure"];
  /** Renders a row that is not rendered. */
  rowAt(index: number): HTMLElement | undefined;
}

/**
 * The rows stay in the flow of the page, with gaps in place of the others, so that the browser's own scroll
 * anchoring, sticky headings and reading order work as in a list without gaps. Positions are measured against
 * the browser's window, so that any element around the list may scroll.
 */
export function createRowVirtualizer(render: () => void): RowVirtualizer {
  let isPartial = true;
  let isMeasuring = false;
  /** The key of a row that was asked for. */
  let wanted: string | null = null;
  let virtualizer: ListVirtualizer | undefined;
  let current: RowWindowOptions | undefined;

  function optionsOf({
    list,
    count,
    keyAt,
    estimate,
    heightOf = heightOfRow,
    keep = () => [],
  }: RowWindowOptions): VirtualizerOptions<HTMLElement, HTMLElement> {
    return {
      count,
      getItemKey: keyAt,
      estimateSize: () => estimate,
      measureElement: heightOf,
      overscan,
      getScrollElement: () => list.current,
      initialRect: { width: 0, height: window.innerHeight },
      initialOffset: () => offsetOf(list.current),
      // The reader scrolls, this does not.
      scrollToFn() {},
      onChange: (_, isSync) => (isSync && !isMeasuring ? flushSync(render) : render()),
      observeElementRect: observeWindow,
      observeElementOffset: (instance, onOffset) =>
        observeScroll(instance, (offset) => {
          // Rendered before the frame in which the rows come into view is painted.
          const follow = () => flushSync(() => onOffset(offset, false));
          if (!isPartial) instance.scrollOffset = offset;
          else if (isAnyInView(instance, offset)) follow();
          else withoutAnchor(instance.scrollElement, follow);
        }),
      rangeExtractor: (range) => {
        const used = [...(virtualizer?.elementsCache ?? [])].flatMap(([key, row]) => {
          if (key !== wanted && !row.matches(inUse)) return [];
          const index = indexOf(String(key), Number(row.dataset.index), count, keyAt);
          // With its neighbours: Tab and the arrow keys lead there.
          return index < 0 ? [] : [index - 1, index, index + 1];
        });
        const kept = [0, ...keep(range.startIndex), ...used, count - 1];
        const indexes = new Set([...kept, ...defaultRangeExtractor(range)]);
        return [...indexes].filter((index) => index >= 0 && index < count).sort((a, b) => a - b);
      },
    };
  }

  return {
    update(options, isPartialNow) {
      current = options;
      isPartial = isPartialNow;
      const next = optionsOf(options);
      virtualizer ??= new Virtualizer(next);
      virtualizer.setOptions(next);
      // The browser's scroll anchoring does this.
      virtualizer.shouldAdjustScrollPositionOnItemSizeChange = () => false;
    },
    mount: () => virtualizer?._didMount() ?? (() => {}),
    follow: () => virtualizer?._willUpdate(),
    rows() {
      let end = 0;
      return (virtualizer?.getVirtualItems() ?? []).map((item) => {
        const gap = item.start - end;
        end = item.end;
        return { index: item.index, gap };
      });
    },
    measure(row) {
      isMeasuring = true;
      try {
        virtualizer?.measureElement(row);
      } finally {
        isMeasuring = false;
      }
    },
    rowAt(index) {
      if (!current || index < 0 || index >= current.count) return undefined;
      const key = current.keyAt(index);
      wanted = key;
      flushSync(render);
      return virtualizer?.elementsCache.get(key);
    },
  };
}

function heightOfRow(row: HTMLElement): number {
  return row.getBoundingClientRect().height;
}

/** How far the top of the list is above that of the window. */
function offsetOf(list: HTMLElement | null): number {
  return list ? -list.getBoundingClientRect().top : 0;
}

function observeWindow(
  _: ListVirtualizer,
  onRect: (rect: { width: number; height: number }) => void,
) {
  const read = () => {
    // A pane that is not displayed has no height, and keeps its rows.
    if (window.innerHeight > 0) onRect({ width: window.innerWidth, height: window.innerHeight });
  };
  read();
  window.addEventListener("resize", read);
  return () => window.removeEventListener("resize", read);
}

function observeScroll({ scrollElement }: ListVirtualizer, onOffset: (offset: number) => void) {
  const read = ({ target }: Event) => {
    if (target instanceof Node && target.contains(scrollElement)) onOffset(offsetOf(scrollElement));
  };
  // Scroll events do not bubble.
  document.addEventListener("scroll", read, { capture: true, passive: true });
  return () => document.removeEventListener("scroll", read, { capture: true });
}

function isAnyInView(instance: ListVirtualizer, offset: number): boolean {
  const end = offset + window.innerHeight;
  return instance.getVirtualItems().some((item) => item.start < end && item.end > offset);
}

/**
 * After a jump no row is in view, and the browser would anchor to the whole list until the next scroll.
 * Kept from that, it anchors to one of the new rows.
 */
function withoutAnchor(list: HTMLElement | null, render: () => void) {
  list?.style.setProperty("overflow-anchor", "none");
  render();
  // By its layout the browser takes notice.
  list?.getBoundingClientRect();
  list?.style.removeProperty("overflow-anchor");
}

/** The index of a key that was at `near` when it was rendered. -1 where it is gone. */
function indexOf(key: string, near: number, count: number, keyAt: (index: number) => string) {
  for (let away = 0; away < count; away++)
    for (const index of [near - away, near + away])
      if (index >= 0 && index < count && keyAt(index) === key) return index;
  return -1;
}
