import type { Context } from "../core/context.ts";
import type { Broadcast } from "../peers/broadcast.ts";
import { createEmitter } from "../platform/emitter.ts";
import type { Change } from "../wire/change.ts";
import type { StreamEvent, StreamHealth } from "../wire/change-log.ts";
import { createStream, type StreamOptions } from "./stream.ts";

export interface LeaderOptions
  extends Omit<StreamOptions, "listener">,
    Pick<Context, "channel" | "beacon"> {
  broadcast: Pick<Broadcast, "changes" | "changesOfTabs" | "head">;
  /** Takes changes of the stream. Returns those that were not known before. */
  take: (epoch: string, changes: readonly Change[]) => readonly Change[];
  /** The stream is open again, after it was not. */
  onRecovered: () => void;
  /** Called at each beacon while no stream brings changes. */
  poll: () => void;
}

export type Leader = ReturnType<typeof createLeader>;

/** What the leader tab does with the change stream: it takes the changes, and passes them on to all tabs. */
export function createLeader(options: LeaderOptions) {
  const { channel, ledger, timers, beacon, broadcast, take, onRecovered, poll } = options;
  const changed = createEmitter<void>();
  let health: StreamHealth = { live: true, trouble: null };

  // Without a channel, what another tab's stream brings does not get here.
  const locks = channel.available ? options.locks : null;
  const stream = createStream({ ...options, locks, listener: receive });
  timers.every(beacon, () => {
    if (stream.state === "open") broadcast.head();
    else if (!isLive()) poll();
    changed.emit();
  });

  function isLive(): boolean {
    if (stream.state === "open") return true;
    return channel.available && stream.state !== "failing" && health.live;
  }

  function announce(next: StreamHealth) {
    const isBack = next.live && !health.live;
    health = next;
    changed.emit();
    if (isBack) onRecovered();
  }

  function receive(event: StreamEvent) {
    switch (event.type) {
      case "open":
        announce({ ...health, live: true });
        ledger.sight(event.head);
        break;
      case "changes": {
        const news = take(event.epoch, event.changes);
        const outside = news.filter((change) => change.origin === undefined);
        if (outside.length) broadcast.changes(event.epoch, outside);
        // A tab broadcasts its own write itself, and sooner; if it is gone, this one does.
        const byTabs = news.filter((change) => change.origin !== undefined);
        if (byTabs.length) broadcast.changesOfTabs(event.epoch, byTabs);
        // What is known already was broadcast, but some tabs may have missed it.
        if (news.length) return;
        break;
      }
      case "reset":
        ledger.restart(event.head);
        break;
      case "trouble":
        if (event.detail === health.trouble) return;
        announce({ ...health, trouble: event.detail });
        break;
      case "lost":
        announce({ ...health, live: false });
    }
    broadcast.head();
  }

  return {
    /** Whether this tab holds the change stream, and how that is. */
    get state() {
      return stream.state;
    },
    /** What the leader tab announced last; until it has, the stream is taken to be open. */
    get health() {
      return health;
    },
    /** Whether changes reach this tab by its own stream or by the leader tab. */
    get isLive() {
      return isLive();
    },
    /** Takes what another tab announced. */
    heed(announced: StreamHealth) {
      // The leader ignores stale messages of a former leader.
      if (stream.state !== "open") announce(announced);
    },
    retry: stream.retry,
    /** The listener is called at each beacon, and when one of the above may have changed. */
    subscribe: changed.subscribe,
    close: stream.close,
  };
}
