import { type Clock, realClock } from "#host/shared/clock.ts";
import { createObservable, type Observable } from "#host/shared/observable.ts";
import type { TraceEntry } from "#sync";
import { mergeTrace, type Traced, type TraceRow } from "./trace-rows.ts";

export interface TraceView {
  /** Newest first. */
  readonly rows: readonly TraceRow[];
  /** Requests of each pane since the log was cleared, including those that `rows` no longer holds. */
  readonly requests: ReadonlyMap<string, number>;
  readonly paused: boolean;
  /** Entries that arrived while paused. */
  readonly waiting: number;
}

export interface TraceLog {
  readonly view: Observable<TraceView>;
  add(pane: string, session: number, entries: readonly TraceEntry[]): void;
  clear(): void;
  pause(on: boolean): void;
}

export interface TraceLogOptions {
  readonly limit?: number;
  /** A burst of entries is published once, not one by one. */
  readonly settleMs?: number;
  readonly clock?: Clock;
}

/** Merges the traces of all panes, and holds the last `limit` entries. */
export function createTraceLog(options: TraceLogOptions = {}): TraceLog {
  const { limit = 500, settleMs = 60, clock = realClock } = options;
  const empty: TraceView = { rows: [], requests: new Map(), paused: false, waiting: 0 };
  const view = createObservable(empty);
  const held = new Map<string, Traced>();
  const highest = new Map<string, number>();
  let requests = new Map<string, number>();
  let waiting = 0;
  let isScheduled = false;

  function take(pane: string, session: number, entry: TraceEntry) {
    const run = `${pane}/${session}`;
    const key = `${run}/${entry.seq}`;
    const known = held.has(key);
    // An entry that was cleared or evicted does not return when the pane amends or repeats it.
    if (!known && entry.seq <= (highest.get(run) ?? -1)) return;
    highest.set(run, Math.max(entry.seq, highest.get(run) ?? -1));
    held.set(key, { key, pane, entry });
    if (known) return;
    waiting += 1;
    if (entry.type === "request") requests.set(pane, (requests.get(pane) ?? 0) + 1);
  }

  function trim() {
    for (const key of held.keys()) {
      if (held.size <= limit) return;
      held.delete(key);
    }
  }

  function publish() {
    isScheduled = false;
    const { paused } = view.get();
    if (paused) return view.set({ ...view.get(), waiting });
    waiting = 0;
    const rows = mergeTrace([...held.values()]);
    view.set({ rows, requests: new Map(requests), paused, waiting });
  }

  return {
    view,
    add(pane, session, entries) {
      for (const entry of entries) take(pane, session, entry);
      trim();
      if (isScheduled) return;
      isScheduled = true;
      clock.after(settleMs, publish);
    },
    clear() {
      held.clear();
      requests = new Map();
      waiting = 0;
      view.set({ ...empty, paused: view.get().paused });
    },
    pause(paused) {
      view.set({ ...view.get(), paused });
      publish();
    },
  };
}
