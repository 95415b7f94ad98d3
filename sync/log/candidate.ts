import type { Context } from "../core/context.ts";
import { createEmitter } from "../platform/emitter.ts";
import { type Condition, whileInView } from "../platform/locks.ts";
import type { LeaseMessage } from "../wire/message.ts";
import { byLock, type Election, never } from "./election.ts";
import { createLease } from "./lease.ts";

/** Milliseconds without a word of the leader until it counts as silent: more than two beacons. */
const silentAfter = 25_000;

export interface CandidateOptions
  extends Pick<Context, "channel" | "locks" | "tabId" | "timers" | "visibility"> {
  names: Pick<Context["names"], "leaderLock" | "standInLock">;
  /** Sends what this tab says of the lease to the others. */
  post: (message: LeaseMessage) => void;
  /** In view, the leader was not heard for 25 s, and this tab waits for it to be replaced. */
  onSilence: () => void;
}

/**
 * This tab's part in electing the one that does something for all tabs of the browser: one that is in view, by
 * Web Lock, or by a lease where there are none. The other tabs time it: a leader that hangs in view keeps its
 * lock, and only silence tells. One of those that hear nothing then stands in for it. There is no third.
 */
export function createCandidate({ visibility, names, locks, ...options }: CandidateOptions) {
  const { timers, onSilence } = options;
  const silence = createFlag();
  const inView = whileInView(visibility);
  const lease = createLease({ ...options, condition: inView });
  const elect = locks ? byLock(names.leaderLock, locks, inView) : lease.elect;
  let leads = false;
  let cancelSilence = () => {};

  const unsubscribe = visibility.subscribe(expectLeader);
  expectLeader();

  /** In view, a leader is to be heard from here on. One that is out of view has nothing to do. */
  function expectLeader() {
    cancelSilence();
    silence.set(false);
    if (visibility.inView) cancelSilence = timers.after(silentAfter, missLeader);
  }

  function missLeader() {
    // This tab leads, or waits for no other.
    if (leads) return expectLeader();
    onSilence();
    silence.set(true);
  }

  const lead: Election = (onHeld) =>
    elect(() => {
      leads = true;
      const end = onHeld();
      return () => {
        leads = false;
        end();
      };
    });

  return {
    /** Elects the leader. */
    lead,
    /** Elects the tab that stands in for a leader which is silent. A lease that is not renewed is taken over by itself. */
    standIn: locks ? byLock(names.standInLock, locks, silence.condition) : never,
    /** The leader was heard, or this tab leads: nothing stands in for it. */
    heard: expectLeader,
    /** Takes what another tab said of the lease. */
    receive: lease.receive,
    close: unsubscribe,
  };
}

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
