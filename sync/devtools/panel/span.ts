/** A part of the time axis, in milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

interface Timed {
  readonly from: number;
  readonly to: number | null;
}

const shortest = 20;
/** A pause of so many milliseconds ends what belongs together. */
const lull = 1500;

export function lengthOf({ from, to }: Span): number {
  return to - from;
}

/** All of it, with a margin. Null where nothing has happened. */
export function spanOf(marks: readonly Timed[]): Span | null {
  if (marks.length === 0) return null;
  const from = Math.min(...marks.map((mark) => mark.from));
  const to = Math.max(...marks.map((mark) => mark.to ?? mark.from));
  return padded(from, to);
}

/** What happened last, back to the last pause: `marks` are oldest first. */
export function latestSpan(marks: readonly Timed[]): Span | null {
  let from: number | null = null;
  for (const mark of [...marks].reverse()) {
    if (from !== null && from - mark.from > lull) break;
    from = mark.from;
  }
  const last = marks.filter((mark) => from !== null && mark.from >= from);
  const span = spanOf(last);
  // Longer than this, single events cannot be told apart.
  return span && lengthOf(span) > 10_000 ? { from: span.to - 10_000, to: span.to } : span;
}

/** `by` below 1 shows less of it. What is at `at`, a share of the length, stays where it is. */
export function zoom(span: Span, by: number, at = 0.5): Span {
  const length = Math.max(shortest, lengthOf(span) * by);
  const fixed = span.from + lengthOf(span) * at;
  return { from: fixed - length * at, to: fixed + length * (1 - at) };
}

export function pan({ from, to }: Span, ms: number): Span {
  return { from: from + ms, to: to + ms };
}

/** Moved as little as needed for `at` to be in it. */
export function reveal(span: Span, at: number): Span {
  const margin = lengthOf(span) / 10;
  if (at < span.from + margin) return pan(span, at - margin - span.from);
  return at > span.to - margin ? pan(span, at + margin - span.to) : span;
}

/** Round numbers of milliseconds after `from`, at most `most` of them. */
export function ticksOf(span: Span, most: number): number[] {
  const length = lengthOf(span);
  const rough = length / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? rough;
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, at) => at * step);
}

function padded(from: number, to: number): Span {
  const margin = Math.max(shortest / 2, (to - from) * 0.06);
  return { from: from - margin, to: to + margin };
}
