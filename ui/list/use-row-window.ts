import { useLayoutEffect, useReducer, useRef } from "react";
import type { RowVirtualizer, RowWindow, RowWindowOptions } from "#ui/parts/row-virtualizer.ts";
import { useOpenPart } from "#ui/parts/use-open-part.ts";
import { useIsPrinting } from "./use-is-printing.ts";

/** Up to this many rows all are rendered: find in page reaches each of them. */
export const maxRendered = 200;

/**
 * Which rows of a long list to render: those in the window, and those that the keyboard or the reader is
 * about to need. The code for that is loaded when a list becomes long; until then its first rows are rendered.
 */
export function useRowWindow(options: RowWindowOptions): RowWindow {
  const { list, count, estimate } = options;
  const isPrinting = useIsPrinting();
  const isPartial = count > maxRendered && !isPrinting;
  const create = useOpenPart(isPartial)?.createRowVirtualizer;
  const render = useReducer((renders: number) => renders + 1, 0)[1];
  const held = useRef<RowVirtualizer>(null);
  if (isPartial && create) held.current ??= create(render);
  const virtualizer = held.current;
  virtualizer?.update(options, isPartial);
  useLayoutEffect(() => virtualizer?.mount(), [virtualizer]);
  useLayoutEffect(() => virtualizer?.follow());

  const rowAt = (index: number) =>
    list.current?.querySelector<HTMLElement>(`[data-index="${index}"]`) ??
    virtualizer?.rowAt(index);
  let rows: RowWindow["rows"];
  if (!isPartial) rows = firstRows(count);
  else if (virtualizer) rows = virtualizer.rows();
  else
    rows = [
      ...firstRows(maxRendered),
      { index: count - 1, gap: (count - 1 - maxRendered) * estimate },
    ];
  return { rows, isPartial, measure: virtualizer?.measure ?? notMeasured, rowAt };
}

function firstRows(count: number): RowWindow["rows"] {
  return Array.from({ length: count }, (_, index) => ({ index, gap: 0 }));
}

function notMeasured() {}
