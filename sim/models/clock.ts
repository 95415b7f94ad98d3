/** Who an event happens to. The world itself has no owner. */
export interface Owner {
  /** A stopped one (frozen, hung, in the back/forward cache) has its events kept; a dead one none. */
  life: "running" | "stopped" | "dead";
}

interface Event {
  readonly at: number;
  readonly seq: number;
  readonly owner: Owner | null;
  readonly run: () => void;
  /** What happens instead when the owner slept and the event did not wait for it. */
  readonly lose: (() => void) | undefined;
  cancelled: boolean;
}

/** Virtual time: one event after the other, each with all its microtasks, in an order that never varies. */
export interface Clock {
  now(): number;
  /** Returns what cancels it. */
  after(ms: number, owner: Owner | null, run: () => void, lose?: () => void): () => void;
  /** Hands a stopped owner what it slept through: overdue at once; with `lose`, as lost. */
  wake(owner: Owner, lose: boolean): void;
  /** Lets everything happen up to `ms` from now. */
  advance(ms: number): Promise<void>;
  /** Events that have happened. */
  readonly count: number;
}

// The process's own, whatever anybody lays over it later.
const { setImmediate } = globalThis;
const microtasks = () => new Promise<void>((resolve) => void setImmediate(resolve));

const start = 1_700_000_000_000;
const endless = 150_000;

export function createClock(): Clock {
  const heap: Event[] = [];
  const kept = new Map<Owner, Event[]>();
  let time = start;
  let seq = 0;
  let count = 0;

  function add(at: number, owner: Owner | null, run: () => void, lose?: () => void): Event {
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
      const events = kept.get(owner) ?? [];
      kept.delete(owner);
      for (const event of events) {
        if (event.cancelled) continue;
        const isLost = lose && event.lose;
        const again = add(time, owner, isLost ? (event.lose ?? event.run) : event.run);
        // Whoever cancels the first must reach the second.
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
          const events = kept.get(next.owner) ?? [];
          kept.set(next.owner, events);
          events.push(next);
          continue;
        }
        if (++count > endless) throw new Error("The world never comes to rest.");
        next.run();
        await microtasks();
      }
      time = until;
    },
    get count() {
      return count;
    },
  };
}

function isBefore(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.seq < b.seq);
}

function push(heap: Event[], event: Event) {
  let at = heap.length;
  heap.push(event);
  while (at > 0) {
    const up = (at - 1) >> 1;
    if (!isBefore(event, heap[up] as Event)) break;
    heap[at] = heap[up] as Event;
    at = up;
  }
  heap[at] = event;
}

function pop(heap: Event[]) {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let at = 0;
  for (;;) {
    let down = 2 * at + 1;
    if (down >= heap.length) break;
    if (down + 1 < heap.length && isBefore(heap[down + 1] as Event, heap[down] as Event)) down++;
    if (!isBefore(heap[down] as Event, last)) break;
    heap[at] = heap[down] as Event;
    at = down;
  }
  heap[at] = last;
}
