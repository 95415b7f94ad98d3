import type { Channels, Clock, Page, Random, WebLocks } from "#sync/testing";
import type { Network } from "../models/network.ts";
import type { Globals } from "../tab/realms.ts";

export interface PageGlobalsOptions {
  clock: Clock;
  wallClock: { readonly error: number };
  /** Of `Math.random`. */
  random: Random;
  /** Of the ids of tabs and writes: no other draw depends on what these are. */
  ids: Random;
  network: Network;
  channel: Channels;
  /** Null for a browser without Web Locks. */
  locks: WebLocks | null;
  onError: (error: unknown) => void;
}

/** What the code of a page finds as its globals. */
export function createPageGlobals(options: PageGlobalsOptions): (page: Page) => Globals {
  const { clock, wallClock, random, ids, network, channel, locks, onError } = options;
  return (page) => ({
    ...page.timers,
    Date: dateOf(() => clock.now() + wallClock.error),
    performance: { now: clock.now },
    Math: Object.create(Math, { random: { value: random.next } }),
    fetch: network.fetchFor(page),
    EventSource: network.eventSourceFor(page),
    BroadcastChannel: channel.classFor(page),
    window: page.window,
    document: page.window.document,
    navigator: locks
      ? Object.create(page.navigator, { locks: { value: locks.locksFor(page) } })
      : page.navigator,
    crypto: { getRandomValues: (into: Uint32Array) => into.fill(ids.next() * 2 ** 32) },
    console: { error: onError, warn: onError },
  });
}

/** The present of a page is what its clock says. */
function dateOf(now: () => number): DateConstructor {
  return new Proxy(Date, {
    construct: (target, [value = now()]: [number?]) => new target(value),
    get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
  });
}
