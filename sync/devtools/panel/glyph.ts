import { s } from "./dom.ts";
import type { Look } from "./lay-out.ts";

/** The shape of a mark around 0, 0: looks differ by shape too, and not by colour alone. */
export function glyph(look: Look): SVGElement {
  switch (look) {
    case "commit":
      return s("rect", { x: -4, y: -4, width: 8, height: 8, rx: 1.5 });
    case "message":
      return s("path", { d: "M-5 -3.5h10v7h-10zM-5 -3.5l5 4 5-4" });
    case "asks":
      return s("path", { d: "M0 -5l5 5-5 5-5-5z" });
    case "nothing":
      return s("circle", { r: 2.5 });
    case "shown":
      return s("path", { d: "M0 -5v10M-3.5 1.5l3.5 3.5 3.5-3.5" });
    case "note":
      return s("path", { d: "M0 -4v8" });
    case "write":
    case "read":
    case "wait":
      return s("rect", { x: -6, y: -3, width: 12, height: 6, rx: 2 });
    default:
      return s("circle", { r: 4 });
  }
}

/** For a legend. */
export function legendGlyph(look: Look): SVGElement {
  const shape = glyph(look);
  shape.setAttribute("class", look);
  return s("svg", { viewBox: "-7 -7 14 14", width: 12, height: 12, "aria-hidden": "true" }, shape);
}
