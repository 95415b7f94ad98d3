import { type Mark, strongest } from "../marks.ts";
import { lengthOf, type Span } from "./span.ts";

/** How a mark looks. */
export type Look =
  | "write"
  | "commit"
  | "message"
  | "patched"
  | "asks"
  | "waits"
  | "nothing"
  | "wait"
  | "read"
  | "shown"
  | "note";

/** One shape of the picture: a mark, or several that would cover each other. */
export interface Shape {
  readonly look: Look;
  readonly lane: number;
  /** In pixels. */
  readonly x: number;
  readonly end: number;
  readonly marks: readonly Mark[];
}

export interface Arrow {
  readonly from: Shape;
  readonly to: Shape;
  readonly isRelated: boolean;
}

export interface Picture {
  readonly shapes: readonly Shape[];
  readonly arrows: readonly Arrow[];
}

export interface LayOutOptions {
  readonly span: Span;
  readonly width: number;
  readonly lanes: readonly string[];
  /** The marks of the story that is told; empty where none is. */
  readonly related: ReadonlySet<string>;
}

/** More elements than these would make a burst slow to draw. */
const maxShapes = 400;
const maxArrows = 150;

const bars: ReadonlySet<Look> = new Set(["write", "read", "wait"]);

export const isBar = (look: Look) => bars.has(look);

/** Places the marks of a span. However many there are, the picture has a bounded number of shapes and arrows. */
export function layOut(marks: readonly Mark[], options: LayOutOptions): Picture {
  const { span, lanes } = options;
  const visible = marks.filter(
    (mark) =>
      lanes.includes(mark.lane) && mark.from <= span.to && (mark.to ?? span.to) >= span.from,
  );
  for (let nearest = 5; ; nearest *= 2) {
    const shapes = place(visible, options, nearest);
    if (shapes.length <= maxShapes || nearest > options.width)
      return { shapes, arrows: connect(shapes, options) };
  }
}

function place(
  marks: readonly Mark[],
  { span, width, lanes, related }: LayOutOptions,
  nearest: number,
) {
  const shapes: (Shape & { marks: Mark[]; end: number })[] = [];
  const last = new Map<string, (typeof shapes)[number]>();
  const scale = width / lengthOf(span);
  const toX = (at: number) => Math.min(width, Math.max(0, (at - span.from) * scale));
  for (const mark of marks) {
    const look = lookOf(mark);
    const lane = lanes.indexOf(mark.lane);
    const x = toX(mark.kind === "commit" || mark.kind === "message" ? middle(mark) : mark.from);
    const end = isBar(look) ? Math.max(x + 5, toX(mark.to ?? span.to)) : x;
    // What a story is about is drawn by itself.
    const place = `${lane} ${look} ${related.has(mark.id)}`;
    const before = last.get(place);
    if (before && x - before.x < nearest) {
      before.marks.push(mark);
      before.end = Math.max(before.end, end);
      continue;
    }
    const shape = { look, lane, x, end, marks: [mark] };
    shapes.push(shape);
    last.set(place, shape);
  }
  return shapes;
}

function connect(shapes: readonly Shape[], { related }: LayOutOptions): Arrow[] {
  const shapeOf = new Map(shapes.flatMap((shape) => shape.marks.map((mark) => [mark.id, shape])));
  const arrows = new Map<string, Arrow>();
  const numbers = new Map(shapes.map((shape, at) => [shape, at]));
  for (const to of [...shapes].reverse())
    for (const mark of to.marks)
      for (const cause of mark.causes) {
        const from = shapeOf.get(cause);
        if (!from || from === to) continue;
        const key = `${numbers.get(from)} ${numbers.get(to)}`;
        const isRelated = related.has(cause) && related.has(mark.id);
        if (!arrows.has(key) || isRelated) arrows.set(key, { from, to, isRelated });
      }
  return [...arrows.values()]
    .sort((a, b) => Number(b.isRelated) - Number(a.isRelated))
    .slice(0, maxArrows);
}

/** When the server accepted a write, or a message was under way, is known by what came before and after. */
function middle({ from, to }: Mark): number {
  return (from + (to ?? from)) / 2;
}

export function lookOf(mark: Mark): Look {
  if (mark.kind !== "change") return mark.kind;
  switch (strongest(mark.of.entry.touched)) {
    case "patched":
      return "patched";
    case "read now":
    case "read after this one":
      return "asks";
    case "waits for view":
      return "waits";
    default:
      return "nothing";
  }
}
