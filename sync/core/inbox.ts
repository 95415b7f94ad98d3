import { createEmitter } from "../platform/emitter.ts";
import { report } from "../platform/report.ts";
import type { LocalChange } from "../wire/change.ts";
import type { Context } from "./context.ts";

/** A message of another tab, an event of the change stream, or the answer to a catch-up. */
export interface Arrival<C extends LocalChange> {
  /** Changes of one kind that are in one slice are handled together. Null: with those of this arrival only. */
  readonly kind: string | null;
  /** None for a message that brings no changes. */
  readonly changes: readonly C[];
  /** Is not dropped, however much waits: who adds it bounds it. */
  readonly isKept?: boolean;
  /** Is given the changes of one slice. `isLast`: no more follow. A method, so that `C` may be any change. */
  handle(changes: readonly C[], isLast: boolean): void;
}

export interface InboxOptions extends Pick<Context, "timers" | "visibility"> {
  /** What waited was dropped: only the server can tell what it was. */
  onDropped: () => void;
  /** Changes of one slice. A message without changes counts as one. */
  size?: number;
  /** Changes that may wait. */
  limit?: number;
  /** Milliseconds between two slices, for input and rendering: one frame. */
  pause?: number;
}

export type Inbox = ReturnType<typeof createInbox>;

/**
 * What arrives is handled in order, in slices. The first arrival is handled at once. What follows within a
 * frame, or is more than a slice, waits, and is handled one slice a frame. The ledger does not know of a
 * change before its slice is handled: to all other parts what waits is still under way.
 *
 * Out of view nothing is rendered and timers are throttled, so nothing waits there.
 */
export function createInbox(options: InboxOptions) {
  const { timers, visibility, onDropped, size = 200, limit = 2000, pause = 16 } = options;
  const changed = createEmitter<void>();
  let queue: { arrival: Arrival<LocalChange>; change?: LocalChange; isLast: boolean }[] = [];
  /** How many of them may be dropped. */
  let waiting = 0;
  let isHandling = false;
  let isPausing = false;
  let hadBacklog = false;
  let closed = false;

  /** What the next frame handles is no backlog: junk in a burst must not change what the tab says of itself. */
  const hasBacklog = () => queue.length > size;

  function handleSlice() {
    const batches = new Map<unknown, Batch>();
    for (const { arrival, change, isLast } of queue.splice(0, size)) {
      const kind = arrival.kind ?? arrival;
      const batch = batches.get(kind) ?? { arrival, changes: [], isLast };
      batches.set(kind, batch);
      batch.isLast = isLast;
      if (change) batch.changes.push(change);
      if (!arrival.isKept) waiting--;
    }
    for (const { arrival, changes, isLast } of batches.values()) {
      if (closed) return;
      try {
        arrival.handle(changes, isLast);
      } catch (error) {
        report(error);
      }
    }
  }

  /** Handles what it may for now. What arrives meanwhile is handled after it. */
  function work() {
    if (isHandling) return;
    isHandling = true;
    while (queue.length && !(isPausing && visibility.inView)) {
      handleSlice();
      if (!visibility.inView || isPausing) continue;
      isPausing = true;
      timers.after(pause, () => {
        isPausing = false;
        work();
      });
    }
    isHandling = false;
    if (hasBacklog() === hadBacklog) return;
    hadBacklog = !hadBacklog;
    changed.emit();
  }

  const undo = visibility.subscribe(work);

  return {
    /** Whether something has arrived that is not handled yet. */
    get isBehind() {
      return queue.length > 0;
    },
    /** Whether more waits than the next frame handles. */
    get hasBacklog() {
      return hasBacklog();
    },
    /** The listener is called when there is a backlog, and when there is none any more. */
    subscribe: changed.subscribe,
    add<C extends LocalChange>(arrival: Arrival<C>) {
      if (closed) return;
      const { changes, isKept } = arrival;
      const weight = changes.length || 1;
      if (!isKept && waiting + weight > limit) {
        queue = queue.filter((each) => each.arrival.isKept);
        waiting = 0;
        onDropped();
      } else {
        if (!isKept) waiting += weight;
        if (!changes.length) queue.push({ arrival, isLast: true });
        for (const [at, change] of changes.entries())
          queue.push({ arrival, change, isLast: at === changes.length - 1 });
      }
      work();
    },
    /** Drops what waits. */
    close() {
      closed = true;
      undo();
      queue = [];
    },
  };
}

interface Batch {
  readonly arrival: Arrival<LocalChange>;
  readonly changes: LocalChange[];
  isLast: boolean;
}
