import type { KeyboardEvent, PointerEvent } from "react";
import styles from "./rail-handle.module.css";
import { type Rail, railLimits } from "./use-rail.ts";

const step = 16;

export interface RailHandleProps {
  rail: Rail;
}

/** The edge of the column of accounts: dragged, moved by arrow keys, reset by a double click. */
export function RailHandle({ rail }: RailHandleProps) {
  const widthNow = (handle: HTMLElement) => handle.parentElement?.offsetWidth ?? railLimits.min;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { direction } = getComputedStyle(event.currentTarget);
    const forward = direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const width = widthNow(event.currentTarget);
    if (event.key === "Enter") rail.toggle();
    else if (event.key === "Home") rail.resize(railLimits.min);
    else if (event.key === "End") rail.resize(railLimits.max);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight")
      rail.resize(width + (event.key === forward ? step : -step));
    else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const handle = event.currentTarget;
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const box = handle.parentElement?.getBoundingClientRect();
    if (!box) return;
    const isRightToLeft = getComputedStyle(handle).direction === "rtl";
    rail.resize(isRightToLeft ? box.right - event.clientX : event.clientX - box.left);
  };
  return (
    <hr
      aria-label="Width of the accounts"
      aria-orientation="vertical"
      aria-controls="accounts"
      aria-valuemin={railLimits.min}
      aria-valuemax={railLimits.max}
      aria-valuenow={rail.width ?? railLimits.min}
      tabIndex={0}
      className={styles.handle}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onDoubleClick={() => rail.resize(null)}
    />
  );
}
