import { createEmitter } from "../platform/emitter.ts";
import type { Change } from "../wire/change.ts";

/** How a change reached this tab. */
export const paths = ["own", "channel", "stream", "catch-up"] as const;
export type Path = (typeof paths)[number];

/** What was done about one query that a change touches. */
export const decisions = [
  /** The change was put in place; nothing is read. */
  "patched",
  /** Marked stale and read at once. */
  "read now",
  /** Marked stale; a read is under way and another follows it. */
  "read after this one",
  /** Marked stale; read when it is in view again. */
  "waits for view",
  /** The data reflects the change already. */
  "nothing to do",
] as const;
export type Decision = (typeof decisions)[number];

export interface Touched {
  /** The hash of its key. */
  readonly query: string;
  readonly decision: Decision;
}

/** One thing that a tab did, and why. Times are milliseconds since the Unix epoch. */
export type TraceEntry =
  | {
      readonly type: "change";
      readonly seq: number;
      readonly at: number;
      readonly path: Path;
      readonly change: Omit<Change, "row">;
      /** Query hashes, each with the decision taken. Empty: this tab holds nothing that it touches. */
      readonly touched: readonly Touched[];
    }
  | {
      readonly type: "request";
      readonly seq: number;
      readonly at: number;
      /** What was asked: a query key or mutation key as JSON, or `catch-up`. */
      readonly target: string;
      /** Why, in words: `first load`, `load more`, `update notes/7 by Tab-A_1f…`, `a gap`, … */
      readonly cause: string;
      readonly state: "pending" | "ok" | "failed";
      /** How long it took; missing while pending. */
      readonly ms?: number;
    }
  | {
      readonly type: "note";
      readonly seq: number;
      readonly at: number;
      readonly text: string;
    }
  | {
      /** The page has been painted with data that was put in place or read. Added only while a trace is looked at. */
      readonly type: "shown";
      readonly seq: number;
      readonly at: number;
      /** The entries whose data it shows, by `seq`. */
      readonly of: readonly number[];
    };

type NewEntry<E> = E extends TraceEntry ? Omit<E, "seq" | "at"> : never;

/** The tab's bounded memory of what it did and why. */
export interface Trace {
  /** Oldest first. */
  readonly entries: readonly TraceEntry[];
  add(entry: NewEntry<TraceEntry>): void;
  /** Adds a request under way. Returns what completes its entry, with the time that it took. */
  begin(target: string, cause: string): (state: "ok" | "failed") => void;
  /** Called with each new entry, and again with the completed one, under the same `seq`. */
  subscribe(listener: (entry: TraceEntry) => void): () => void;
}

export function createTrace({ capacity = 300 } = {}): Trace {
  const entries: TraceEntry[] = [];
  const changed = createEmitter<TraceEntry>();
  let seq = 0;

  function add(draft: NewEntry<TraceEntry>): TraceEntry {
    const entry = { ...draft, seq: ++seq, at: Date.now() };
    entries.push(entry);
    if (entries.length > capacity) entries.shift();
    changed.emit(entry);
    return entry;
  }

  return {
    entries,
    add,
    begin(target, cause) {
      const begun = add({ type: "request", target, cause, state: "pending" });
      return (state) => {
        const at = entries.indexOf(begun);
        // Forgotten meanwhile.
        if (at === -1) return;
        const entry = { ...begun, state, ms: Date.now() - begun.at } as TraceEntry;
        entries[at] = entry;
        changed.emit(entry);
      };
    },
    subscribe: changed.subscribe,
  };
}
