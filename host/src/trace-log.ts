import type { TraceEntry } from "#sync";
import { type Clock, realClock } from "./clock.ts";
import { createStore, type Store } from "./store.ts";
import { mergeTrace, type Traced, type TraceRow } from "./trace-rows.ts";

export interface TraceView {
  /** Newest first. */
  readonly rows: readonly TraceRow[];
  /** Requests of each pane since it was cleared, also those that no longer fit in `rows`. */
  readonly requests: ReadonlyMap<string, number>;
  readonly paused: boolean;
  /** Entries that came while paused. */
  readonly waiting: number;
}

export interface TraceLog {
  readonly view: Pick<Store<TraceView>, "get" | "subscribe">;
  add(pane: string, session: number, entries: readonly TraceEntry[]): void;
  clear(): void;
  pause(on: boolean): void;
}

export interface TraceLogOptions {
  readonly limit?: number;
  /** A burst of changes is shown at once, not one by one. */
  readonly settleMs?: number;
  readonly clock?: Clock;
}

/** The traces of all panes as one. Keeps the last `limit` entries. */
export function createTraceLog(options: TraceLogOptions = {}): TraceLog {
  const { limit = 500, settleMs = 60, clock = realClock } = options;
  const empty: TraceView = { rows: [], requests: new Map(), paused: false, waiting: 0 };
  const store = createStore(empty);
  const kept = new Map<string, Traced>();
  const highest = new Map<string, number>();
  let requests = new Map<string, number>();
  let waiting = 0;
  let due = false;

  function take(pane: string, session: number, entry: TraceEntry) {
    const run = `${pane}/${session}`;
    const key = `${run}/${entry.seq}`;
    const known = kept.has(key);
    // Cleared or pushed out before, and now amended or handed over again: gone is gone.
    if (!known && entry.seq <= (highest.get(run) ?? -1)) return;
    highest.set(run, Math.max(entry.seq, highest.get(run) ?? -1));
    kept.set(key, { key, pane, entry });
    if (known) return;
    waiting += 1;
    if (entry.type === "request") requests.set(pane, (requests.get(pane) ?? 0) + 1);
  }

  function trim() {
    for (const key of kept.keys()) {
      if (kept.size <= limit) return;
      kept.delete(key);
    }
  }

  function publish() {
    due = false;
    const { paused } = store.get();
    if (paused) return store.set({ ...store.get(), waiting });
    waiting = 0;
    const rows = mergeTrace([...kept.values()]);
    store.set({ rows, requests: new Map(requests), paused, waiting });
  }

  return {
    view: store,
    add(pane, session, entries) {
      for (const entry of entries) take(pane, session, entry);
      trim();
      if (due) return;
      due = true;
      clock.after(settleMs, publish);
    },
    clear() {
      kept.clear();
      requests = new Map();
      waiting = 0;
      store.set({ ...empty, paused: store.get().paused });
    },
    pause(paused) {
      store.set({ ...store.get(), paused });
      publish();
    },
  };
}
