import { createQueryBinding } from "./cache/query-binding.ts";
import { connectRequestTrace } from "./cache/request-trace.ts";
import { createUnlogged } from "./cache/unlogged.ts";
import { createContext } from "./core/context.ts";
import { createInbox } from "./core/inbox.ts";
import { createLedger } from "./core/ledger.ts";
import type { RegisteredKind, Sync, SyncOptions } from "./core/sync.ts";
import type { Path } from "./core/trace.ts";
import { createGaps } from "./log/gaps.ts";
import { createLeader, noLeader } from "./log/leader.ts";
import { createBroadcast } from "./peers/broadcast.ts";
import { createLending } from "./peers/lending.ts";
import { createEmitter } from "./platform/emitter.ts";
import { connectLifecycle } from "./platform/lifecycle.ts";
import { createStatusTracker } from "./status-tracker.ts";
import type { Change, LocalChange } from "./wire/change.ts";
import { assertName } from "./wire/message.ts";

/**
 * Wires the parts of one tab. It listens as soon as it is made: make it before the first fetch, outside React.
 * A rule that is missing is a type error where the kinds of the app's keys are named (`createSync<"note" | "notes">`), or
 * registered with TanStack Query (`Register`).
 */
export function createSync<Kind extends string = RegisteredKind>(
  options: SyncOptions<NoInfer<Kind>>,
): Sync {
  assertName(options.name);
  const closing = new AbortController();
  const ledger = createLedger({ onRestart: () => binding.applyAll("a new log") });
  const context = createContext(options, ledger, closing.signal);
  const { queryClient, visibility, online, tabId, trace } = context;
  const isTabsOnly = options.server === undefined;
  const changed = createEmitter<void>();
  let outdated = false;
  let hasDropped = false;

  const binding = createQueryBinding({
    ...context,
    share: (query, read) => lending.read(query, read),
  });
  const unlogged = createUnlogged(context);
  const inbox = createInbox({ ...context, onDropped });
  const gaps = createGaps({ ...context, inbox, onNews: (news) => binding.apply(news, "catch-up") });
  const broadcast = createBroadcast({
    ...context,
    inbox,
    leader: () => leader,
    receiver: {
      onForeign() {
        outdated = true;
        changed.emit();
        gaps.ask("another version");
      },
      onUnknownEpoch: gaps.doubt,
      onChanges: (epoch, changes) => void take(epoch, changes, "channel"),
      onUnlogged: (changes) => unlogged.apply(changes, false),
      onLeader: (...health) => leader.heed(...health),
      onHead: ledger.sight,
      onLease: (...word) => leader.receiveLease(...word),
      onAnswer: (...answer) => lending.borrow(...answer),
    },
  });
  const lending = createLending({ ...context, binding, broadcast });
  const leader = isTabsOnly
    ? noLeader
    : createLeader({
        ...context,
        inbox,
        broadcast,
        isOffered: () => !isUnlogged(),
        take: (epoch, changes) => take(epoch, changes, "stream"),
        onRecovered: binding.retryFailed,
        poll: () => visibility.inView && gaps.ask("polling"),
      });
  const status = createStatusTracker({ ...context, gaps, leader, inbox, isUnlogged });
  const undo = [
    connectRequestTrace(context, binding),
    online.subscribe((isOnline) => isOnline && leader.retry()),
    status.subscribe(changed.emit),
    gaps.subscribe(announceDropped),
    globalThis.window ? connectLifecycle(gaps.ask, visibility, window) : () => {},
  ];

  /** The one confluence of all sources of changes. Returns those that were not known before. */
  function take(epoch: string, changes: readonly Change[], path: Path): readonly Change[] {
    const news = ledger.take(epoch, changes);
    // The change stream may be faster than the answer to the write.
    const own = news.filter((change) => change.origin === tabId);
    const others = news.filter((change) => change.origin !== tabId);
    if (own.length) binding.apply(own, "own");
    if (others.length) binding.apply(others, path);
    return news;
  }

  /** What a leader dropped it has not broadcast either: the other tabs are told where the server stands. */
  function announceDropped() {
    if (!hasDropped || gaps.isMissing) return;
    hasDropped = false;
    if (leader.state === "open") broadcast.head();
  }

  function onDropped() {
    hasDropped = true;
    trace.add({ type: "note", text: "dropped: more messages than a tab can handle" });
    unlogged.restart();
    // No server knows what was dropped: what is held is read again.
    if (isTabsOnly && ledger.head) ledger.restart(ledger.head);
    else gaps.miss();
  }

  /** There is data, and no answer of a server that should has named a revision. */
  function isUnlogged(): boolean {
    const hasData = () =>
      queryClient
        .getQueryCache()
        .getAll()
        .some(({ state }) => state.data);
    return !isTabsOnly && !ledger.head && hasData();
  }

  function signed<C extends LocalChange>(change: C): C {
    return { origin: tabId, ...change };
  }

  return {
    get status() {
      return status.report.status;
    },
    get trouble() {
      return status.report.trouble;
    },
    get head() {
      return ledger.head;
    },
    get outdated() {
      return outdated;
    },
    get isLive() {
      return leader.isLive || (!isTabsOnly && gaps.isCurrent);
    },
    tabId,
    trace,
    visibility,
    subscribe: changed.subscribe,
    publish(...[asOf, changes]) {
      if (asOf === null) {
        const own = changes.map(signed);
        unlogged.apply(own, true);
        return broadcast.unlogged(own);
      }
      const own = changes.map(signed);
      const news = take(asOf.epoch, own, "own");
      // Known already, a write may still be missing where the user made it: in a query that waits for its read.
      const known = own.filter((change) => !news.includes(change));
      if (known.length) binding.apply(known, "own", true);
      ledger.sight(asOf);
      broadcast.changes(asOf.epoch, own);
    },
    catchUp: gaps.ask,
    retry() {
      leader.retry();
      gaps.ask("asked by the user");
      binding.retryFailed();
    },
    watch: status.watch,
    close() {
      // The leader tab says that it goes, so first, while there is a channel.
      for (const part of [leader, lending, inbox, gaps, broadcast, unlogged, binding, status])
        part.close();
      closing.abort();
      for (const each of undo) each();
    },
  };
}
