import { formatClock, formatSpan } from "../format-trace.ts";
import { channelLane, serverLane } from "../marks.ts";
import { describe, headline } from "../story.ts";
import { s } from "./dom.ts";
import { glyph } from "./glyph.ts";
import { type Arrow, isBar, type Picture, type Shape } from "./lay-out.ts";
import { lengthOf, type Span, ticksOf } from "./span.ts";

export const laneHeight = 34;
export const axisHeight = 22;
const nameWidth = 68;
const margin = 12;

export interface DrawOptions {
  readonly lanes: readonly string[];
  readonly span: Span;
  /** Of the element, in pixels. */
  readonly width: number;
  readonly selected: string | null;
  readonly related: ReadonlySet<string>;
}

/** Of the time axis, which begins at `offset`. */
export const plotOf = (width: number) => ({
  offset: nameWidth + margin,
  width: Math.max(40, width - nameWidth - 2 * margin),
});

/** One lane below the other, time from left to right. */
export function drawPicture({ shapes, arrows }: Picture, options: DrawOptions): SVGElement {
  const { lanes, width, related } = options;
  const height = axisHeight + lanes.length * laneHeight;
  return s(
    "svg",
    {
      class: related.size > 0 ? "chart telling" : "chart",
      viewBox: `0 0 ${width} ${height}`,
      height,
      "aria-hidden": "true",
    },
    s("defs", {}, head("arrow-head", false), head("arrow-head-related", true)),
    ...axis(options, height),
    ...lanes.map((lane, at) => laneName(lane, at, width)),
    ...arrows.map((arrow) => drawArrow(arrow, width)),
    ...shapes.map((shape) => drawShape(shape, options)),
  );
}

function axis({ span, width }: DrawOptions, height: number): SVGElement[] {
  const plot = plotOf(width);
  const ticks = ticksOf(span, plot.width / 90);
  return ticks.flatMap((ms, at) => {
    const x = plot.offset + (ms / lengthOf(span)) * plot.width;
    const label = at === 0 ? formatClock(span.from) : `+${formatSpan(ms)}`;
    // The first label is longer than the rest.
    const isCrowded = at > 0 && x < plot.offset + 80;
    return [
      s("path", { class: "tick-line", d: `M${x} ${axisHeight - 4}V${height}` }),
      ...(isCrowded || x > width - 30
        ? []
        : [s("text", { class: "tick", x: x - 2, y: 12 }, label)]),
    ];
  });
}

function laneName(lane: string, at: number, width: number): SVGElement {
  const y = axisHeight + at * laneHeight;
  const isCommon = lane === channelLane || lane === serverLane;
  const name = lane.length > 11 ? `${lane.slice(0, 10)}…` : lane;
  return s(
    "g",
    {},
    s("path", { class: "lane-line", d: `M0 ${y}H${width}` }),
    s(
      "text",
      { class: isCommon ? "lane-name common" : "lane-name", x: margin, y: y + 21 },
      name,
      s("title", {}, lane),
    ),
  );
}

const yOf = ({ lane, look }: Shape) =>
  axisHeight +
  lane * laneHeight +
  (isBar(look) ? 11 : look === "commit" || look === "message" ? 17 : 23);

function drawShape(shape: Shape, { width, selected, related }: DrawOptions): SVGElement {
  const { look, marks, end } = shape;
  const [first] = marks;
  const x = plotOf(width).offset + shape.x;
  const y = yOf(shape);
  const length = end - shape.x;
  const isSelected = marks.some(({ id }) => id === selected);
  const isRelated = marks.some(({ id }) => related.has(id));
  const hasFailed = marks.some(
    (mark) => (mark.kind === "write" || mark.kind === "read") && mark.of.entry.state === "failed",
  );
  const drawn = isBar(look)
    ? s("rect", { x: 0, y: -3.5, width: length, height: 7, rx: 2.5 })
    : glyph(look);
  drawn.setAttribute("class", `${look}${hasFailed ? " failed" : ""}`);
  const middle = isBar(look) ? length / 2 : 0;
  const half = Math.max(9, length / 2 + 4);
  const words = first ? `${headline(first)}\n${describe(first)}` : "";
  return s(
    "g",
    {
      class: `shape${isSelected ? " selected" : ""}${isRelated ? " related" : ""}`,
      transform: `translate(${x} ${y})`,
      "data-mark": first?.id ?? null,
    },
    s("rect", { class: "hit", x: middle - half, y: -9, width: half * 2, height: 18 }),
    drawn,
    isSelected &&
      s("rect", {
        class: "ring",
        x: middle - half + 1,
        y: -8,
        width: half * 2 - 2,
        height: 16,
        rx: 5,
      }),
    marks.length > 1 && s("text", { class: "several", x: middle + 5, y: -3 }, String(marks.length)),
    s("title", {}, marks.length > 1 ? `${words}\nand ${marks.length - 1} more` : words),
  );
}

function drawArrow({ from, to, isRelated }: Arrow, width: number): SVGElement {
  const { offset } = plotOf(width);
  const [startY, endY] = [yOf(from), yOf(to)];
  const down = Math.sign(endY - startY);
  // From a request's end, where it has an answer; to its start.
  const x1 = offset + (isBar(from.look) && from.lane === to.lane ? from.end : from.x);
  const x2 = offset + to.x;
  const y1 = startY + down * 5;
  const y2 = endY - down * (down === 0 ? 0 : 7);
  const middle = (y1 + y2) / 2;
  const d =
    down === 0
      ? `M${x1 + 5} ${y1}H${Math.max(x1 + 6, x2 - 6)}`
      : `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`;
  return s("path", {
    class: isRelated ? "arrow related" : "arrow",
    d,
    "marker-end": `url(#${isRelated ? "arrow-head-related" : "arrow-head"})`,
  });
}

function head(id: string, isRelated: boolean): SVGElement {
  return s(
    "marker",
    {
      id,
      viewBox: "0 0 6 6",
      refX: 4.5,
      refY: 3,
      markerWidth: isRelated ? 4 : 5,
      markerHeight: isRelated ? 4 : 5,
      orient: "auto",
    },
    s("path", { d: "M0 0l6 3-6 3z", class: isRelated ? "arrow-head related" : "arrow-head" }),
  );
}
