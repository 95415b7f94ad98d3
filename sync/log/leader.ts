import type { Context } from "../core/context.ts";
import type { Inbox } from "../core/inbox.ts";
import type { Broadcast } from "../peers/broadcast.ts";
import { createEmitter } from "../platform/emitter.ts";
import type { Change } from "../wire/change.ts";
import type { StreamEvent, StreamHealth } from "../wire/change-log.ts";
import { createCandidate } from "./candidate.ts";
import { createStream, type StreamOptions } from "./stream.ts";

export interface LeaderOptions
  extends Omit<StreamOptions, "listener" | "elect">,
    Pick<Context, "channel" | "beacon" | "locks" | "names" | "tabId" | "visibility"> {
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
 * A tab that stands in for a silent leader has a stream beside the leader's. There is no third.
 */
export function createLeader(options: LeaderOptions) {
  const { channel, ledger, timers, beacon, inbox, broadcast, take, onRecovered, poll } = options;
  const changed = createEmitter<void>();
  /** The tab whose stream was last heard to be open. */
  let liveTab: string | null = null;
  let health: StreamHealth = { live: true, trouble: null };

  const candidate = createCandidate({
    ...options,
    post: broadcast.lease,
    onSilence() {
      announce({ ...health, live: false });
      poll();
    },
  });
  const stream = createStream({
    ...options,
    elect: candidate.lead,
    listener: (event) => receive(event, standIn),
  });
  const standIn = createStream({
    ...options,
    elect: candidate.standIn,
    listener: (event) => receive(event, stream),
  });
  const isOpen = () => stream.state === "open" || standIn.state === "open";

  timers.every(beacon, () => {
    if (isOpen()) broadcast.head();
    else if (!isLive()) poll();
    changed.emit();
  });

  function isLive(): boolean {
    if (isOpen()) return true;
    return channel.available && stream.state !== "failing" && health.live;
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
        if (stream.state === "open") candidate.heard();
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
        candidate.heard();
      } else if (standIn.state === "open" || (liveTab !== from && liveTab && health.live)) {
        // There are two streams, and the other one is open.
        return;
      }
      announce(announced);
    },
    /** Takes what another tab said of the lease, where there are no Web Locks. */
    receiveLease: candidate.receive,
    retry() {
      stream.retry();
      standIn.retry();
    },
    /** The listener is called at each beacon, and when one of the above may have changed. */
    subscribe: changed.subscribe,
    close() {
      candidate.close();
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
