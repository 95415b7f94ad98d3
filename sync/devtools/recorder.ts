import type { TraceEntry } from "../core/trace.ts";
import { createEmitter } from "../platform/emitter.ts";
import { type CostReport, parseReports, type QueriesReport } from "./trace-schema.ts";

/** A trace entry and its tab. */
export interface Recorded {
  readonly key: string;
  readonly tab: string;
  /** Distinguishes the traces of one tab before and after a reload. */
  readonly run: number;
  readonly entry: TraceEntry;
  /** Of a change that arrived while the tab was looked at. */
  readonly cost?: CostReport;
}

/** What is known of some tabs in some time: live, or from a file. */
export interface Recording {
  /** In the order of their arrival. */
  readonly entries: readonly Recorded[];
  /** Requests of each tab since the start, those included that `entries` no longer holds. */
  readonly requests: ReadonlyMap<string, number>;
  readonly queries: ReadonlyMap<string, QueriesReport>;
  /** Entries that no longer fit. */
  readonly forgotten: number;
}

export const emptyRecording: Recording = {
  entries: [],
  requests: new Map(),
  queries: new Map(),
  forgotten: 0,
};

/** Merges the traces of all tabs, and holds the last `limit` entries. */
export interface Recorder {
  readonly recording: Recording;
  /** `input` is parsed: it may come from another realm. Junk is dropped. */
  add(tab: string, run: number, input: unknown): void;
  clear(): void;
  /** Called after a burst of entries, not for each. */
  subscribe(listener: () => void): () => void;
}

export interface RecorderOptions {
  readonly limit?: number;
  readonly settleMs?: number;
  /** Calls once after some milliseconds. */
  readonly after?: (ms: number, call: () => void) => void;
}

export function createRecorder(options: RecorderOptions = {}): Recorder {
  const { limit = 2000, settleMs = 60, after = (ms, call) => void setTimeout(call, ms) } = options;
  const changed = createEmitter<void>();
  const held = new Map<string, Recorded>();
  const highest = new Map<string, number>();
  const queries = new Map<string, QueriesReport>();
  let requests = new Map<string, number>();
  let forgotten = 0;
  let isScheduled = false;
  let recording: Recording | null = emptyRecording;

  function take(tab: string, run: number, entry: TraceEntry) {
    const name = `${tab}/${run}`;
    const key = `${name}/${entry.seq}`;
    const known = held.get(key);
    // An entry that was cleared or forgotten does not return when the tab amends or repeats it.
    if (!known && entry.seq <= (highest.get(name) ?? Number.NEGATIVE_INFINITY)) return;
    highest.set(name, Math.max(entry.seq, highest.get(name) ?? entry.seq));
    held.set(key, { ...known, key, tab, run, entry });
    if (!known && entry.type === "request") requests.set(tab, (requests.get(tab) ?? 0) + 1);
  }

  function price(tab: string, run: number, cost: CostReport) {
    const key = `${tab}/${run}/${cost.of}`;
    const known = held.get(key);
    if (known) held.set(key, { ...known, cost });
  }

  function trim() {
    for (const key of held.keys()) {
      if (held.size <= limit) return;
      held.delete(key);
      forgotten++;
    }
  }

  function publish() {
    isScheduled = false;
    changed.emit();
  }

  return {
    get recording() {
      recording ??= {
        entries: [...held.values()],
        requests: new Map(requests),
        queries: new Map(queries),
        forgotten,
      };
      return recording;
    },
    add(tab, run, input) {
      for (const report of parseReports(input)) {
        if (report.type === "queries") queries.set(tab, report);
        else if (report.type === "cost") price(tab, run, report);
        else take(tab, run, report);
      }
      trim();
      recording = null;
      if (isScheduled) return;
      isScheduled = true;
      after(settleMs, publish);
    },
    clear() {
      held.clear();
      requests = new Map();
      forgotten = 0;
      recording = null;
      changed.emit();
    },
    subscribe: changed.subscribe,
  };
}
