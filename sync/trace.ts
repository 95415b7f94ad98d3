import type { Change } from "./change.ts";
import { createEmitter } from "./emitter.ts";

/** How a change reached this tab. */
export type Path = "own" | "channel" | "feed" | "catch-up";

/** What was done about one query that a change touches. */
export type Decision =
  /** The row was put in its place; nothing is read. */
  | "patched"
  /** Marked stale and read at once. */
  | "read now"
  /** Marked stale; a read is under way and another follows it. */
  | "read after this one"
  /** Marked stale; read when the user looks again. */
  | "waits for view"
  /** What is held reflects the change already. */
  | "nothing to do";

/** One thing that a tab did, and why. Times are milliseconds since the Unix epoch. */
export type TraceEntry =
  | {
      readonly type: "change";
      readonly seq: number;
      readonly at: number;
      readonly path: Path;
      readonly change: Omit<Change, "row">;
      /** Query keys as JSON, each with the decision taken. Empty: this tab holds nothing it touches. */
      readonly touched: readonly { readonly query: string; readonly decision: Decision }[];
    }
  | {
      readonly type: "request";
      readonly seq: number;
      readonly at: number;
      /** What was asked: a query key or mutation key as JSON, or the path of a protocol request. */
      readonly target: string;
      /** Why, in words: `first load`, `change 41 by Tab A`, `load more`, `older than 30 s`, … */
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
    };

type NewEntry<E> = E extends TraceEntry ? Omit<E, "seq" | "at"> : never;

/** The tab's bounded memory of what it did and why. */
export interface Trace {
  /** Oldest first. */
  readonly entries: readonly TraceEntry[];
  add(entry: NewEntry<TraceEntry>): number;
  /** Completes an entry; forgotten ones are left alone. */
  amend(seq: number, more: Partial<Extract<TraceEntry, { type: "request" }>>): void;
  subscribe(listener: (entry: TraceEntry) => void): () => void;
}

export function createTrace({ capacity = 300 } = {}): Trace {
  const entries: TraceEntry[] = [];
  const changed = createEmitter<TraceEntry>();
  let seq = 0;
  return {
    entries,
    add(draft) {
      const entry = { ...draft, seq: ++seq, at: Date.now() } as TraceEntry;
      entries.push(entry);
      if (entries.length > capacity) entries.shift();
      changed.emit(entry);
      return seq;
    },
    amend(wanted, more) {
      const at = entries.findIndex((entry) => entry.seq === wanted);
      if (at === -1) return;
      const entry = { ...entries[at], ...more } as TraceEntry;
      entries[at] = entry;
      changed.emit(entry);
    },
    subscribe: changed.subscribe,
  };
}
