/** What an event happens to. Events of the world itself have no owner. */
export interface Owner {
  /** Events of a stopped owner (frozen, hung, in the back/forward cache) wait; those of a dead one are dropped. */
  life: "running" | "stopped" | "dead";
  /** Runs an event as the owner's own code. */
  enter?: ((run: () => void) => void) | undefined;
}

interface ClockEvent {
  readonly at: number;
  readonly seq: number;
  readonly owner: Owner | null;
  readonly run: () => void;
  /** Runs instead of `run` where the owner slept and the event did not wait. */
  readonly lose: (() => void) | undefined;
  cancelled: boolean;
}

/** Virtual time: one event after the other, each with all its microtasks, in the same order in every run. */
export interface Clock {
  now(): number;
  /** Schedules an event. Returns a function that cancels it. */
  after(ms: number, owner: Owner | null, run: () => void, lose?: () => void): () => void;
  /** Delivers at once what a stopped owner missed; with `lose`, as lost where the event can be. */
  wake(owner: Owner, lose: boolean): void;
  /** Runs all events up to `ms` from now. */
  advance(ms: number): Promise<void>;
  /** Events that have run. */
  readonly count: number;
}

// The process's own: vitest or a test may replace it later.
const { setImmediate } = globalThis;
const microtasks = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** After everything in the feeds of the simulation's seed. */
const start = Date.UTC(2026, 0, 1, 2);
const endless = 150_000;

export function createClock(): Clock {
  const heap: ClockEvent[] = [];
  const waiting = new Map<Owner, ClockEvent[]>();
  let time = start;
  let seq = 0;
  let count = 0;

  function add(at: number, owner: Owner | null, run: () => void, lose?: () => void): ClockEvent {
    const event = { at, seq: ++seq, owner, run, lose, cancelled: false };
    push(heap, event);
    return event;
  }

  return {
    now: () => time,
    after(ms, owner, run, lose) {
      const event = add(time + Math.max(0, ms), owner, run, lose);
      return () => {
        event.cancelled = true;
      };
    },
    wake(owner, lose) {
      const events = waiting.get(owner) ?? [];
      waiting.delete(owner);
      for (const event of events) {
        if (event.cancelled) continue;
        const isLost = lose && event.lose;
        const again = add(time, owner, isLost ? (event.lose ?? event.run) : event.run);
        // Cancelling the first cancels the second.
        Object.defineProperty(event, "cancelled", {
          set: (value: boolean) => {
            again.cancelled = value;
          },
          get: () => again.cancelled,
        });
      }
    },
    async advance(ms) {
      const until = time + ms;
      await microtasks();
      for (let next = heap[0]; next && next.at <= until; next = heap[0]) {
        pop(heap);
        if (next.cancelled || next.owner?.life === "dead") continue;
        time = Math.max(time, next.at);
        if (next.owner?.life === "stopped") {
          const events = waiting.get(next.owner) ?? [];
          waiting.set(next.owner, events);
          events.push(next);
          continue;
        }
        if (++count > endless) throw new Error("The world never comes to rest.");
        if (next.owner?.enter) next.owner.enter(next.run);
        else next.run();
        await microtasks();
      }
      time = until;
    },
    get count() {
      return count;
    },
  };
}

function isBefore(a: ClockEvent, b: ClockEvent): boolean {
  return a.at < b.at || (a.at === b.at && a.seq < b.seq);
}

function push(heap: ClockEvent[], event: ClockEvent) {
  let at = heap.length;
  heap.push(event);
  while (at > 0) {
    const up = (at - 1) >> 1;
    if (!isBefore(event, heap[up] as ClockEvent)) break;
    heap[at] = heap[up] as ClockEvent;
    at = up;
  }
  heap[at] = event;
}

function pop(heap: ClockEvent[]) {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let down = 2 * at + 1;
    if (down >= heap.length) break;
    if (down + 1 < heap.length && isBefore(heap[down + 1] as ClockEvent, heap[down] as ClockEvent))
      down++;
    if (!isBefore(heap[down] as ClockEvent, last)) break;
    heap[at] = heap[down] as ClockEvent;
    at = down;
  }
  heap[at] = last;
}
