import type { Context } from "../core/context.ts";
import type { Inbox } from "../core/inbox.ts";
import type { Broadcast } from "../peers/broadcast.ts";
import { createEmitter } from "../platform/emitter.ts";
import type { Condition } from "../platform/locks.ts";
import type { Change } from "../wire/change.ts";
import type { StreamEvent, StreamHealth } from "../wire/change-log.ts";
import { byLock, never } from "./election.ts";
import { createLease } from "./lease.ts";
import { createStream, type StreamOptions } from "./stream.ts";

/** Milliseconds without a live `head` message until the leader counts as silent: more than two beacons. */
const silentAfter = 25_000;

export interface LeaderOptions
  extends Omit<StreamOptions, "listener" | "elect" | "condition">,
    Pick<Context, "channel" | "beacon" | "locks" | "names" | "tabId"> {
  broadcast: Pick<Broadcast, "changes" | "changesOfTabs" | "head" | "lease">;
  inbox: Pick<Inbox, "add">;
  /** Takes changes of the stream. Returns those that were not known before. */
  take: (epoch: string, changes: readonly Change[]) => readonly Change[];
  /** The stream is open again, after it was not. */
  onRecovered: () => void;
  /** Called at each beacon while no stream brings changes. */
  poll: () => void;
}

export type Leader = ReturnType<typeof createLeader>;

/**
 * What the leader tab does with the change stream: it takes the changes, and passes them on to all tabs.
 * The other tabs time it: a leader that hangs in view keeps its lock, and only silence tells. One of those
 * that hear nothing then stands in for it, with a stream beside the leader's. There is no third.
 */
export function createLeader(options: LeaderOptions) {
  const { channel, ledger, timers, beacon, inbox, broadcast, take, onRecovered, poll } = options;
  const { visibility, names, locks } = options;
  const changed = createEmitter<void>();
  const silence = createFlag();
  /** The tab whose stream was last heard to be open. */
  let liveTab: string | null = null;
  let health: StreamHealth = { live: true, trouble: null };
  let cancelSilence = () => {};

  const lease = createLease({ ...options, post: broadcast.lease });
  const stream = createStream({
    ...options,
    elect: locks ? byLock(names.leaderLock, locks) : lease.elect,
    listener: (event) => receive(event, standIn),
  });
  const standIn = createStream({
    ...options,
    // A lease that is not renewed is taken over by itself.
    elect: locks ? byLock(names.standInLock, locks) : never,
    condition: silence.condition,
    listener: (event) => receive(event, stream),
  });
  const isOpen = () => stream.state === "open" || standIn.state === "open";

  timers.every(beacon, () => {
    if (isOpen()) broadcast.head();
    else if (!isLive()) poll();
    changed.emit();
  });
  const unsubscribe = visibility.subscribe(expectLeader);
  expectLeader();

  function isLive(): boolean {
    if (isOpen()) return true;
    return channel.available && stream.state !== "failing" && health.live;
  }

  /** In view, a leader is to be heard from here on. One that is out of view has nothing to do. */
  function expectLeader() {
    cancelSilence();
    silence.set(false);
    if (visibility.inView) cancelSilence = timers.after(silentAfter, missLeader);
  }

  function missLeader() {
    // This tab leads, or waits for no other.
    if (stream.state !== "idle") return expectLeader();
    announce({ ...health, live: false });
    silence.set(true);
    poll();
  }

  function announce(next: StreamHealth) {
    const isBack = next.live && !health.live;
    health = next;
    changed.emit();
    if (isBack) onRecovered();
  }

  function passOn(epoch: string, changes: readonly Change[]) {
    const news = take(epoch, changes);
    const outside = news.filter((change) => change.origin === undefined);
    if (outside.length) broadcast.changes(epoch, outside);
    // A tab broadcasts its own write itself, and sooner; if it is gone, this one does.
    const byTabs = news.filter((change) => change.origin !== undefined);
    if (byTabs.length) broadcast.changesOfTabs(epoch, byTabs);
    // What is known already was broadcast, but some tabs may have missed it.
    if (!news.length) broadcast.head();
  }

  function receive(event: StreamEvent, other: Pick<typeof stream, "state">) {
    switch (event.type) {
      case "open":
        // The tab leads by now: it need not stand in for another.
        if (stream.state === "open") expectLeader();
        announce({ ...health, live: true });
        ledger.sight(event.head);
        break;
      case "changes": {
        const { epoch, changes } = event;
        return inbox.add({
          kind: `stream ${epoch}`,
          changes,
          handle: (slice: readonly Change[]) => passOn(epoch, slice),
        });
      }
      case "reset":
        ledger.restart(event.head);
        break;
      case "trouble":
        if (event.detail === health.trouble) return;
        announce({ ...health, trouble: event.detail });
        break;
      case "lost":
        if (other.state === "open") return;
        announce({ ...health, live: false });
    }
    broadcast.head();
  }

  return {
    /** Whether this tab holds the change stream, and how that is. */
    get state() {
      return isOpen() ? "open" : stream.state;
    },
    /** What was heard last. In the first 25 s in view the stream of another tab is taken to be open. */
    get health() {
      return health;
    },
    /** Whether changes reach this tab by its own stream or by the leader tab. */
    get isLive() {
      return isLive();
    },
    /** Takes what another tab announced. */
    heed(from: string, announced: StreamHealth) {
      // The leader ignores stale messages of a former leader.
      if (stream.state === "open") return;
      if (announced.live) {
        liveTab = from;
        expectLeader();
      } else if (standIn.state === "open" || (liveTab !== from && liveTab && health.live)) {
        // There are two streams, and the other one is open.
        return;
      }
      announce(announced);
    },
    /** Takes what another tab said of the lease, where there are no Web Locks. */
    receiveLease: lease.receive,
    retry() {
      stream.retry();
      standIn.retry();
    },
    /** The listener is called at each beacon, and when one of the above may have changed. */
    subscribe: changed.subscribe,
    close() {
      unsubscribe();
      stream.close();
      standIn.close();
    },
  };
}

/** The leader of tabs that have no server: there is nothing to lead in. */
export const noLeader: Leader = {
  state: "idle",
  health: { live: true, trouble: null },
  isLive: false,
  heed() {},
  receiveLease() {},
  retry() {},
  subscribe: () => () => {},
  close() {},
};

/** A condition that is set. */
function createFlag() {
  const changed = createEmitter<boolean>();
  let isSet = false;
  const condition: Condition = (listener) => {
    listener(isSet);
    return changed.subscribe(listener);
  };
  return {
    condition,
    set(next: boolean) {
      if (next === isSet) return;
      isSet = next;
      changed.emit(next);
    },
  };
}
