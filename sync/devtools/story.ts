import {
  formatCause,
  formatChange,
  formatClock,
  formatCount,
  formatQuery,
  formatSpan,
} from "./format-trace.ts";
import type { ChangeGroup, Mark } from "./marks.ts";
import { ownTitle } from "./tab-titles.ts";

/** One sentence of a story. */
export interface Step {
  readonly mark: Mark;
  /** Milliseconds after the first step. */
  readonly after: number;
  readonly words: string;
}

export interface Story {
  /** What led to the mark, and the mark itself, oldest first. */
  readonly cause: readonly Step[];
  /** What it led to. */
  readonly effect: readonly Step[];
}

/** More than these are not told: a burst leads to thousands. */
const maxSteps = 40;

/** The whole cause of a mark and all that came of it, in words. */
export function tellStory(mark: Mark, marks: readonly Mark[]): Story {
  const { before, after } = relatives(mark, marks);
  const start = before[0]?.from ?? mark.from;
  const step = (each: Mark): Step => ({
    mark: each,
    after: each.from - start,
    words: describe(each),
  });
  return {
    cause: [...before.slice(-maxSteps), mark].map(step),
    effect: after.slice(0, maxSteps).map(step),
  };
}

/** The marks that lead to one, and those that it leads to, oldest first. */
export function relatives(mark: Mark, marks: readonly Mark[]) {
  const byId = new Map(marks.map((each) => [each.id, each]));
  const effects = new Map<string, Mark[]>();
  for (const each of marks)
    for (const cause of each.causes) {
      const known = effects.get(cause);
      if (known) known.push(each);
      else effects.set(cause, [each]);
    }
  const causesOf = (each: Mark) => each.causes.flatMap((id) => byId.get(id) ?? []);
  const effectsOf = (each: Mark) => effects.get(each.id) ?? [];
  return { before: reach(mark, causesOf, marks), after: reach(mark, effectsOf, marks) };
}

function reach(from: Mark, next: (mark: Mark) => readonly Mark[], order: readonly Mark[]): Mark[] {
  const found = new Set<Mark>();
  const open = [from];
  for (let mark = open.pop(); mark; mark = open.pop())
    for (const each of next(mark))
      if (each !== from && !found.has(each)) {
        found.add(each);
        open.push(each);
      }
  return order.filter((each) => found.has(each));
}

/** What a mark says, in one sentence. */
export function describe(mark: Mark): string {
  const { lane } = mark;
  switch (mark.kind) {
    case "write": {
      const { target, cause, state } = mark.of.entry;
      const what = formatQuery(target).replace(/^write( · )?/, "") || "a row";
      const by =
        cause === "the user" ? "the user wrote" : `wrote, because of ${formatCause(cause)},`;
      return `In ${inSentence(lane)} ${by} ${what}. Its request ${took(mark, state)}.`;
    }
    case "commit": {
      const { change, own } = mark.of;
      const rev = change.rev > 0 ? ` as revision ${change.rev}` : "";
      const by = own
        ? ""
        : ` by ${change.origin === undefined ? "a program or an edit by hand" : formatCause(change.origin)}`;
      return `The server accepted it${rev}: ${formatChange(change)}${by}.`;
    }
    case "message": {
      const tabs = mark.of.entries.filter(({ entry }) => entry.path === "channel");
      return `It was broadcast on the channel, and reached ${listTabs(tabs.map(({ tab }) => tab))}.`;
    }
    case "change":
      return `${lane} ${heard[mark.of.entry.path]}. ${decided(mark.of.entry.touched)}`;
    case "wait":
      return `In ${inSentence(lane)} ${formatQuery(mark.query)} was out of view: marked stale, and not read${
        mark.to === null ? "" : ` for ${formatSpan(mark.to - mark.from)}, until it was shown`
      }.`;
    case "read": {
      const { target, cause, state } = mark.of.entry;
      return `${lane} read ${formatQuery(target)} (cause: ${formatCause(cause)}). The request ${took(mark, state)}.`;
    }
    case "shown":
      return `${lane} was painted with it.`;
    case "note":
      return `${lane}: ${formatCause(mark.of.entry.text)}.`;
  }
}

/** "This tab" within a sentence. */
function inSentence(lane: string): string {
  return lane === ownTitle ? lane.toLowerCase() : lane;
}

/** For a mark's own heading: its time and tab, without the sentence. */
export function headline(mark: Mark): string {
  return `${mark.lane}, ${formatClock(mark.from)}`;
}

const heard = {
  own: "had the answer",
  channel: "heard it on the channel",
  stream: "heard it on the change stream",
  "catch-up": "learned of it by catching up",
} as const;

function decided(touched: ChangeGroup["entries"][number]["entry"]["touched"]): string {
  if (touched.length === 0) return "It holds nothing that the change touches.";
  const decisions = [...new Set(touched.map(({ decision }) => decision))];
  const parts = decisions.map((decision) => {
    const queries = touched.filter((each) => each.decision === decision);
    const what =
      queries.length > 3
        ? formatCount(queries.length, "query", "queries")
        : queries.map(({ query }) => formatQuery(query)).join(" and ");
    return `${consequence[decision]} ${what}`;
  });
  const text = parts.join("; ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

const consequence = {
  patched: "it put the change in place, without a request, in",
  "read now": "only the server can tell the outcome: it reads",
  "read after this one":
    "a request was under way that left before the change: after it, it reads again",
  "waits for view": "out of view, so it marked as stale and did not read",
  "nothing to do": "it was known already in",
} as const;

function took(mark: Mark, state: "pending" | "ok" | "failed"): string {
  if (mark.to === null) return "is under way";
  const span = formatSpan(mark.to - mark.from);
  return state === "failed" ? `failed or was cancelled after ${span}` : `took ${span}`;
}

function listTabs(tabs: readonly string[]): string {
  const names = [...new Set(tabs)].sort();
  return names.length > 1
    ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`
    : (names[0] ?? "no tab");
}
