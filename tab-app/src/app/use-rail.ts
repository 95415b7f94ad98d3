import { type CSSProperties, useState } from "react";

/** The column of accounts. */
export interface Rail {
  readonly isCollapsed: boolean;
  readonly style: CSSProperties;
  toggle(): void;
  /** In pixels; null for the width that the layout gives it. */
  readonly width: number | null;
  resize(width: number | null): void;
}

export const railLimits = { min: 140, max: 420 } as const;

const storageKey = "tandem.rail";

/** The tab's own: it survives a reload, and is not shared with other tabs. */
export function useRail(): Rail {
  const [{ width, isCollapsed }, setState] = useState(load);
  const set = (next: { width: number | null; isCollapsed: boolean }) => {
    setState(next);
    save(next);
  };
  const style: Record<string, string> = width === null ? {} : { "--rail-width": `${width}px` };
  return {
    isCollapsed,
    width,
    style,
    toggle: () => set({ width, isCollapsed: !isCollapsed }),
    resize(next) {
      const { min, max } = railLimits;
      const clamped = next === null ? null : Math.round(Math.min(max, Math.max(min, next)));
      set({ width: clamped, isCollapsed: false });
    },
  };
}

function load(): { width: number | null; isCollapsed: boolean } {
  try {
    const [, width, isCollapsed] = /^(\d{2,3}|-) (open|collapsed)$/.exec(
      sessionStorage.getItem(storageKey) ?? "",
    ) ?? ["", "-", "open"];
    return { width: Number(width) || null, isCollapsed: isCollapsed === "collapsed" };
  } catch {
    return { width: null, isCollapsed: false }; // Storage is blocked.
  }
}

function save({ width, isCollapsed }: { width: number | null; isCollapsed: boolean }): void {
  try {
    const text = `${width ?? "-"} ${isCollapsed ? "collapsed" : "open"}`;
    sessionStorage.setItem(storageKey, text);
  } catch {
    // Storage is blocked: it lasts until the next reload.
  }
}
