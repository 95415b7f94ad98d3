import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { paneTitle } from "#host/shared/pane-title.ts";
import styles from "./pane-splitters.module.css";
import { tracksOf } from "./pane-tracks.ts";
import type { PanePlan } from "./shell-plan.ts";

const step = 2;
const [min, max] = [20, 80];

export interface PaneSplittersProps {
  /** In one line, as they are shown. */
  shown: readonly PanePlan[];
  isRow: boolean;
  onResize: (id: string, other: string, share: number) => void;
}

/** The edges between panes: dragged, moved by arrow keys, reset by a double click or Enter. */
export function PaneSplitters({ shown, isRow, onResize }: PaneSplittersProps) {
  return shown.slice(1).map((other, at) => {
    const pane = shown[at];
    return (
      pane && (
        <Splitter
          key={`${pane.id} ${other.id}`}
          pane={pane}
          other={other}
          line={at + 1}
          isRow={isRow}
          shown={shown}
          onResize={(share) => onResize(pane.id, other.id, share)}
        />
      )
    );
  });
}

interface SplitterProps {
  pane: PanePlan;
  other: PanePlan;
  /** The track that it ends, from 1. */
  line: number;
  isRow: boolean;
  shown: readonly PanePlan[];
  onResize: (share: number) => void;
}

function Splitter({ pane, other, line, isRow, shown, onResize }: SplitterProps) {
  const share = Math.round((100 * pane.size) / (pane.size + other.size));
  /** While it is dragged: only then is the URL written. */
  const dragged = useRef<number | null>(null);
  // Both lines: an automatic one would be the edge of the whole grid.
  const area = `${line} / ${line + 1}`;
  const set = (next: number) => onResize(Math.min(max, Math.max(min, next)));

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { key } = event;
    const [less, more] = isRow ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    if (key === less) set(share - step);
    else if (key === more) set(share + step);
    else if (key === "Home") set(min);
    else if (key === "End") set(max);
    else if (key === "Enter") set(50);
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.parentElement?.setAttribute("data-resizing", "");
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const handle = event.currentTarget;
    const grid = handle.parentElement;
    if (!grid || !handle.hasPointerCapture(event.pointerId)) return;
    const [from, to] = [pane, other].map(({ id }) =>
      grid.querySelector(`[data-pane="${id}"]`)?.getBoundingClientRect(),
    );
    if (!from || !to) return;
    const [start, end, now] = isRow
      ? [from.left, to.right, event.clientX]
      : [from.top, to.bottom, event.clientY];
    const next = Math.min(max, Math.max(min, (100 * (now - start)) / (end - start)));
    dragged.current = next;
    const total = pane.size + other.size;
    const sizes = shown.map((each) => {
      if (each === pane) return { size: (total * next) / 100 };
      return each === other ? { size: (total * (100 - next)) / 100 } : each;
    });
    grid.style.setProperty("--tracks", tracksOf(sizes));
  };
  const onPointerEnd = ({ currentTarget }: PointerEvent<HTMLElement>) => {
    currentTarget.parentElement?.removeAttribute("data-resizing");
    if (dragged.current !== null) set(dragged.current);
    dragged.current = null;
  };

  return (
    <hr
      aria-label={`Space of ${paneTitle(pane.id)} and ${paneTitle(other.id)}`}
      aria-orientation={isRow ? "vertical" : "horizontal"}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={share}
      aria-valuetext={`${share} % for ${paneTitle(pane.id)}`}
      tabIndex={0}
      className={styles.splitter}
      style={
        isRow ? { gridColumn: area, gridRow: "1 / 2" } : { gridRow: area, gridColumn: "1 / 2" }
      }
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onDoubleClick={() => set(50)}
    />
  );
}
