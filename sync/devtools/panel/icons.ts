import { s } from "./dom.ts";

/** Lines on a grid of 24, drawn for this panel. */
const lines = {
  back: "M15 5l-7 7 7 7",
  on: "M9 5l7 7-7 7",
  pause: "M8 5v14M16 5v14",
  play: "M7 4.5l12 7.5-12 7.5z",
  zoomIn: "M12 5v14M5 12h14",
  zoomOut: "M5 12h14",
  fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  latest: "M4 12h11M11 7l5 5-5 5M20 5v14",
  save: "M12 4v11M7 11l5 5 5-5M5 20h14",
  load: "M12 16V5M7 9l5-5 5 5M5 20h14",
  clear: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
  close: "M6 6l12 12M18 6L6 18",
} as const;
export type Icon = keyof typeof lines;

export function icon(name: Icon): SVGElement {
  const path = s("path", { d: lines[name] });
  return s("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, path);
}
