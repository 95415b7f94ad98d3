import type { Context } from "../core/context.ts";
import type { Condition } from "../platform/locks.ts";
import type { LeaseMessage } from "../wire/message.ts";
import type { Election } from "./election.ts";

export interface LeaseOptions extends Pick<Context, "tabId" | "channel" | "timers"> {
  /** When this tab wants the lease. It must not hold out of view. */
  condition: Condition;
  post: (message: LeaseMessage) => void;
}

export interface Lease {
  readonly elect: Election;
  /** Takes a message of another tab. */
  receive(from: string, message: LeaseMessage): void;
}

/** Milliseconds between two messages of the tab that holds the lease. */
const renewEvery = 4_000;
/** Milliseconds without one until the lease is free again: three, for any may be lost. */
const expiresAfter = 12_000;
/** Milliseconds that the holder has to object to a claim. */
const objectWithin = 400;
/** Milliseconds that a holder which fell silent is taken to hang, with its change stream, and not to be gone. */
const hangsFor = 300_000;

/**
 * Elects the leader tab where there are no Web Locks (plain http beyond localhost), by messages. A tab
 * claims the lease, and acquires it when no tab objects in time; the holder renews it every four seconds.
 * Messages may be lost, so two tabs can hold it for a moment: the next message of either ends that, for the
 * later term, and of one term the lower id. A holder that falls silent may hang and keep its stream, which no
 * message can tell. Its lease is taken over once, and not a second time while it may still hang: so there are
 * two streams at most.
 */
export function createLease({ tabId, channel, timers, condition, post }: LeaseOptions): Lease {
  let state: "out" | "waiting" | "claiming" | "holding" = "out";
  /** The latest term that was claimed by anyone, and the one that this tab claimed. */
  let latest = 0;
  let own = 0;
  let holder: string | null = null;
  /** The tabs that may hang, each with what cancels their being forgotten. */
  const silent = new Map<string, () => void>();
  /** Those for which that time is over: what others still say of them is old. */
  const forgotten = new Set<string>();
  let cancel = () => {};
  /** When this tab last began to claim it, or renewed it. What it answers others counts for neither. */
  let since = 0;
  let onHeld = () => () => {};
  let release = () => {};

  function send(
    type: LeaseMessage["act"],
    term = latest,
    others: Iterable<string> = silent.keys(),
  ) {
    post({ act: type, term, silent: [...others] });
  }

  /** This tab hung, so that others may have taken it for gone. */
  const isLate = (ms: number) => performance.now() - since > ms;

  function next(nextState: typeof state, ms: number, run: () => void) {
    state = nextState;
    since = performance.now();
    cancel();
    cancel = timers.after(ms, run);
  }

  function wait(ms = expiresAfter) {
    next("waiting", ms, claim);
  }

  function claim() {
    if (holder !== null) suspect(holder);
    holder = null;
    if (!channel.available || silent.size > 1) return wait();
    latest += 1;
    own = latest;
    next("claiming", objectWithin, hold);
    send("claim");
  }

  function hold() {
    if (isLate(2 * objectWithin)) return claim();
    announce();
    release = onHeld();
  }

  function announce() {
    next("holding", renewEvery, renew);
    send("hold", own);
  }

  function renew() {
    if (channel.available && !isLate(expiresAfter)) return announce();
    release();
    claim();
  }

  function lose(to: string) {
    if (state === "holding") {
      release();
      // To the others: it does not hang.
      send("wait");
    } else if (holder !== null && holder !== to) suspect(holder); // It has not said that it gives way.
    holder = to;
    wait();
  }

  function suspect(tab: string) {
    silent.get(tab)?.();
    silent.set(
      tab,
      timers.after(hangsFor, () => {
        silent.delete(tab);
        forgotten.add(tab);
      }),
    );
  }

  /** The tabs that may have a stream when this one claims: the holder may have begun to hang just now. */
  function streamsBeside(claimer: string): ReadonlySet<string> {
    const known = new Set(silent.keys());
    if (holder !== null && holder !== claimer) known.add(holder);
    return known;
  }

  /** Whether another tab's claim or lease goes before this tab's. */
  function yields(from: string, term: number): boolean {
    return term > own || (term === own && from < tabId);
  }

  function receive(from: string, { act, term, silent: others }: LeaseMessage) {
    silent.get(from)?.();
    silent.delete(from);
    forgotten.delete(from);
    latest = Math.max(latest, term);
    // Taken to hang, for what it said was lost.
    if (others.includes(tabId)) send("wait");
    if (state === "out") return;
    for (const tab of others)
      if (tab !== tabId && !silent.has(tab) && !forgotten.has(tab)) suspect(tab);
    if (act === "claim") {
      if (state === "holding") send("hold", own);
      else if (state === "claiming" && yields(from, term)) wait(3 * objectWithin);
      // A new tab received neither this claim nor the names of those that may hang.
      else if (state === "claiming") send("claim", own);
      else if (streamsBeside(from).size > 1) send("wait", latest, streamsBeside(from));
    } else if (act === "hold") {
      if (state !== "holding" || yields(from, term)) lose(from);
      else send("hold", own);
    } else if (act === "wait") {
      if (state === "claiming" && silent.size > 1) wait();
    } else if (holder === from || holder === null) {
      holder = null;
      if (state === "waiting") claim();
    }
  }

  function stand(wanted: boolean) {
    if (wanted === (state !== "out")) return;
    if (wanted) return claim();
    const held = state === "holding";
    state = "out";
    // Out of view nothing is heard of it, so that its silence says nothing.
    holder = null;
    cancel();
    if (!held) return;
    release();
    send("free");
  }

  return {
    elect(whenHeld) {
      onHeld = whenHeld;
      const undo = condition(stand);
      return () => {
        undo();
        stand(false);
      };
    },
    receive,
  };
}
