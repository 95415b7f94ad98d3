import { type RefObject, useLayoutEffect, useRef } from "react";

/**
 * Keeps a row that is in view where it is on the screen when rows around it come and go, or its own place among them
 * changes, as far as the list scrolls. `rows` is another object each time that they changed.
 */
export function useStay(
  scroller: RefObject<HTMLElement | null>,
  findRow: (scroller: HTMLElement) => Element | null,
  rows: unknown,
) {
  const rendered = useRef(rows);
  // During the render the page shows the rows as they were.
  const before = rendered.current === rows ? null : topIn(scroller.current, findRow);

  useLayoutEffect(() => {
    rendered.current = rows;
    const element = scroller.current;
    if (!element || before === null) return;
    // The browser would anchor to another row.
    element.style.setProperty("overflow-anchor", "none");
    const after = topIn(element, findRow, true);
    if (after !== null) element.scrollTop += after - before;
    element.getBoundingClientRect();
    element.style.removeProperty("overflow-anchor");
  });
}

/** How far below the top of what scrolls. Null for a row that is not in view, unless it may be `anywhere`. */
function topIn(
  scroller: HTMLElement | null,
  findRow: (scroller: HTMLElement) => Element | null,
  anywhere = false,
): number | null {
  const row = scroller && findRow(scroller);
  if (!row) return null;
  const [outer, inner] = [scroller.getBoundingClientRect(), row.getBoundingClientRect()];
  const isInView = inner.bottom > outer.top && inner.top < outer.bottom;
  return isInView || anywhere ? inner.top - outer.top : null;
}
