import { createEmitter } from "../platform/emitter.ts";
import type { Change } from "../wire/change.ts";
import type { Revision } from "../wire/revision.ts";

/**
 * What this tab knows of the server's change log. It decides by revision alone, and knows nothing of
 * queries, React, HTTP or channels.
 */
export interface Ledger {
  /** All changes up to here are known. Null until a first revision was seen. */
  readonly head: Revision | null;
  /** True while the server is known to stand later than `head`: something in between was missed. */
  readonly gap: boolean;
  /** Called when something was taken, sighted, caught up or restarted. */
  subscribe(listener: () => void): () => void;
  /**
   * Takes changes from any path, in any order, any number of times. Returns those not known before,
   * oldest first. A later epoch starts the ledger anew; an earlier one is ignored.
   */
  take(epoch: string, changes: readonly Change[]): readonly Change[];
  /** The latest revision seen, its changes known or not. */
  readonly sighted: number;
  /** A response said that the server stands at `asOf`. */
  sight(asOf: Revision): void;
  /**
   * The server's answer to "what since `head`": from here on everything up to `head` is known.
   * `sightedThen` is what had been sighted when it was asked: unless more was since, the answer is the
   * last word on where the server stands, and a gap beyond it was the work of junk. Null for a part of the
   * answer: more of it follows.
   */
  catchUp(
    head: Revision,
    changes: readonly Change[],
    sightedThen: number | null,
  ): readonly Change[];
  /**
   * The log does not reach back: what was read before `head` cannot be brought up to date. `sightedThen`
   * as for `catchUp`; without it, what was sighted beyond `head` remains to be asked about.
   */
  restart(head: Revision, sightedThen?: number): void;
  /**
   * Known changes later than `rev`, oldest first; null when some of them may be unknown or forgotten, or
   * when `rev` itself was never sighted.
   */
  since(rev: number): readonly Change[] | null;
}

export interface LedgerOptions {
  /** How many changes are remembered. Forgetting one costs reads, never truth. */
  capacity?: number;
  /** A new log is followed: what was read before it may have missed changes. */
  onRestart?: () => void;
}

export function createLedger({ capacity = 2000, onRestart }: LedgerOptions = {}): Ledger {
  let epoch: string | null = null;
  /** Nothing is known of changes at or before `floor`; all in (floor, head] are known. */
  let floor = 0;
  let head = 0;
  let sighted = 0;
  /** Known changes later than `floor`, ascending by rev; those later than `head` have gaps between them. */
  let log: Change[] = [];
  const changed = createEmitter<void>();

  function begin(at: Revision, sightedThen?: number) {
    const before = epoch;
    log = [];
    epoch = at.epoch;
    floor = head = at.rev;
    // An announcement that may be late leaves what was sighted beyond it to be asked about.
    sighted = sighted === sightedThen ? head : Math.max(sighted, head);
    if (before !== null) onRestart?.();
  }

  /** True when `rev` of `from` belongs to the log that is followed, which may begin with it. */
  function follows(from: string, rev: number, beginAt: number): boolean {
    if (from === epoch) return true;
    // Revisions never go back over epochs: a later one is the server's new log, an earlier one is late.
    if (epoch !== null && rev <= sighted) return false;
    begin({ epoch: from, rev: beginAt });
    return true;
  }

  function insert(change: Change): boolean {
    if (change.rev <= head) return false;
    let at = log.length;
    while (at > 0 && (log[at - 1] as Change).rev > change.rev) at--;
    if (log[at - 1]?.rev === change.rev) return false;
    log.splice(at, 0, change);
    sighted = Math.max(sighted, change.rev);
    return true;
  }

  function advance() {
    const next = log.findIndex((change) => change.rev > head);
    if (next === -1) return;
    for (let at = next; log[at]?.rev === head + 1; at++) head++;
  }

  function forget() {
    const excess = log.length - capacity;
    if (excess <= 0) return;
    floor = (log[excess - 1] as Change).rev;
    // What was still missing among the forgotten will never be asked for.
    const isBlind = floor > head;
    head = Math.max(head, floor);
    log.splice(0, excess);
    advance();
    if (isBlind) onRestart?.();
  }

  function add(changes: readonly Change[]): readonly Change[] {
    const news = [...changes].sort((a, b) => a.rev - b.rev).filter(insert);
    advance();
    forget();
    return news;
  }

  return {
    get head() {
      return epoch === null ? null : { epoch, rev: head };
    },
    get sighted() {
      return sighted;
    },
    get gap() {
      return sighted > head;
    },
    subscribe: changed.subscribe,
    take(from, changes) {
      const first = Math.min(...changes.map((change) => change.rev));
      const last = Math.max(...changes.map((change) => change.rev));
      if (!changes.length || !follows(from, last, first - 1)) return [];
      const news = add(changes);
      changed.emit();
      return news;
    },
    sight(asOf) {
      if (!follows(asOf.epoch, asOf.rev, asOf.rev)) return;
      sighted = Math.max(sighted, asOf.rev);
      changed.emit();
    },
    catchUp(at, changes, sightedThen) {
      if (at.epoch !== epoch) return [];
      const isLastWord = sighted === sightedThen;
      const news = add(changes);
      head = Math.max(head, at.rev);
      sighted = isLastWord ? head : Math.max(sighted, head);
      advance();
      changed.emit();
      return news;
    },
    restart(at, sightedThen) {
      begin(at, sightedThen);
      changed.emit();
    },
    since(rev) {
      return rev < floor || rev > sighted ? null : log.filter((change) => change.rev > rev);
    },
  };
}
