import type { Mark } from "../marks.ts";
import { describe, headline } from "../story.ts";
import { assign, h } from "./dom.ts";
import { drawPicture, plotOf } from "./draw-picture.ts";
import { layOut } from "./lay-out.ts";
import { latestSpan, lengthOf, pan, reveal, type Span, spanOf, zoom } from "./span.ts";

export interface TimelineOptions {
  readonly onSelect: (mark: string | null) => void;
}

export interface TimelineState {
  /** Those that the filters leave, oldest first. */
  readonly marks: readonly Mark[];
  readonly lanes: readonly string[];
  readonly selected: string | null;
  readonly related: ReadonlySet<string>;
}

/**
 * The picture. As a control it is a slider over the events: the arrow keys go from one to the next, and what is
 * selected is told to a screen reader in words.
 */
export function createTimeline({ onSelect }: TimelineOptions) {
  const element = h("div", {
    class: "picture",
    role: "slider",
    tabindex: 0,
    "aria-label": "Events by time",
    "aria-orientation": "horizontal",
    "aria-valuemin": 0,
    onKeydown: onKey,
    onClick,
    onWheel,
    onPointerdown: onPointerDown,
  });
  let state: TimelineState = { marks: [], lanes: [], selected: null, related: new Set() };
  /** Null: what happened last. */
  let span: Span | null = null;
  let hasDragged = false;

  const shownSpan = () => span ?? latestSpan(state.marks) ?? { from: 0, to: 1000 };
  const plot = () => plotOf(element.clientWidth || 400);

  function draw() {
    const { marks, lanes, selected, related } = state;
    const at = marks.findIndex(({ id }) => id === selected);
    const mark = marks[at];
    assign(element, {
      "aria-valuemax": Math.max(0, marks.length - 1),
      "aria-valuenow": Math.max(0, at),
      "aria-valuetext": mark ? `${headline(mark)}: ${describe(mark)}` : "No event is selected",
    });
    const width = element.clientWidth || 400;
    const options = { span: shownSpan(), width: plot().width, lanes, related };
    const picture = layOut(marks, options);
    element.replaceChildren(drawPicture(picture, { ...options, width, selected }));
  }

  function move(next: Span) {
    span = next;
    draw();
  }

  function select(mark: Mark | undefined) {
    if (!mark) return;
    span = reveal(shownSpan(), mark.from);
    onSelect(mark.id);
  }

  function step(by: -1 | 1) {
    const { marks, selected } = state;
    const at = marks.findIndex(({ id }) => id === selected);
    // Where nothing is selected, it begins with what is in sight.
    if (at !== -1) return select(marks[at + by]);
    const { from, to } = shownSpan();
    const seen = marks.filter((mark) => mark.from >= from && mark.from <= to);
    select(by === 1 ? seen[0] : seen.at(-1));
  }

  function onKey(event: KeyboardEvent) {
    const { marks, selected } = state;
    const mark = marks.find(({ id }) => id === selected);
    const causes = marks.filter(({ id }) => mark?.causes.includes(id));
    const keys: Record<string, () => void> = {
      ArrowRight: () => step(1),
      ArrowLeft: () => step(-1),
      ArrowUp: () => select(causes.at(-1)),
      ArrowDown: () => select(marks.find(({ causes }) => mark && causes.includes(mark.id))),
      Home: () => select(marks[0]),
      End: () => select(marks.at(-1)),
      "+": () => move(zoom(shownSpan(), 0.5)),
      "=": () => move(zoom(shownSpan(), 0.5)),
      "-": () => move(zoom(shownSpan(), 2)),
      Escape: () => onSelect(null),
    };
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  function onClick(event: MouseEvent) {
    if (hasDragged) return;
    const shape = (event.target as Element).closest("[data-mark]");
    onSelect(shape?.getAttribute("data-mark") ?? null);
  }

  function onWheel(event: WheelEvent) {
    const isZoom = event.ctrlKey || event.metaKey;
    // Up and down scrolls the lanes.
    if (!isZoom && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return;
    event.preventDefault();
    const { offset, width } = plot();
    const at = (event.clientX - element.getBoundingClientRect().left - offset) / width;
    if (isZoom) move(zoom(shownSpan(), 2 ** (event.deltaY / 200), Math.min(1, Math.max(0, at))));
    else move(pan(shownSpan(), (event.deltaX / width) * lengthOf(shownSpan())));
  }

  function onPointerDown(down: PointerEvent) {
    hasDragged = false;
    if (down.button !== 0) return;
    const begun = shownSpan();
    const scale = lengthOf(begun) / plot().width;
    const ending = new AbortController();
    const { signal } = ending;
    const drag = ({ clientX }: PointerEvent) => {
      if (!hasDragged && Math.abs(clientX - down.clientX) < 4) return;
      hasDragged = true;
      move(pan(begun, (down.clientX - clientX) * scale));
    };
    window.addEventListener("pointermove", drag, { signal });
    for (const end of ["pointerup", "pointercancel"])
      window.addEventListener(end, () => ending.abort(), { signal });
  }

  return {
    element,
    step,
    draw,
    show(next: TimelineState) {
      state = next;
      draw();
    },
    /** Shows the whole of these, or of what happened last. */
    fit(marks: readonly Mark[] | null) {
      span = marks && spanOf(marks);
      draw();
    },
    reveal(mark: Mark) {
      span = reveal(shownSpan(), mark.from);
      draw();
    },
    zoom: (by: number) => move(zoom(shownSpan(), by)),
  };
}
