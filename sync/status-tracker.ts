import { isRefused } from "./cache/is-refused.ts";
import type { Context } from "./core/context.ts";
import type { Inbox } from "./core/inbox.ts";
import { type StatusReport, statusOf } from "./core/status.ts";
import type { Gaps } from "./log/gaps.ts";
import type { Leader } from "./log/leader.ts";
import { createEmitter } from "./platform/emitter.ts";

export interface StatusTrackerOptions
  extends Pick<Context, "queryClient" | "channel" | "visibility" | "online" | "writes" | "ledger"> {
  gaps: Gaps;
  leader: Leader;
  inbox: Pick<Inbox, "hasBacklog" | "subscribe">;
  isUnlogged: () => boolean;
}

/** Collects the facts whenever one of their sources changes, and emits when the status is another. */
export function createStatusTracker(options: StatusTrackerOptions) {
  const { queryClient, channel, visibility, online, writes, ledger, gaps, leader, inbox } = options;
  const queries = queryClient.getQueryCache();
  const changed = createEmitter<void>();
  /** Hashes of queries whose panel is hidden. */
  const watched: string[] = [];
  let report: StatusReport = { status: "live", trouble: null };

  function queryFacts() {
    const facts = { hasUnread: false, isWaiting: false };
    for (const query of queries.getAll()) {
      const { isInvalidated, status, fetchStatus } = query.state;
      if (!isInvalidated) continue;
      const isActive = query.isActive();
      // What does not exist is no fault: its panel says so.
      const isMissing = query.state.data === undefined && isRefused(query);
      if (isActive && !isMissing && status === "error" && fetchStatus === "idle")
        facts.hasUnread = true;
      const isHidden = isActive && !visibility.inView;
      if (isHidden || watched.includes(query.queryHash)) facts.isWaiting = true;
    }
    return facts;
  }

  /** What arrived is not handled yet, or was dropped and not asked for. */
  const isBehind = () => inbox.hasBacklog || gaps.isMissing;

  function refresh() {
    const next = statusOf({
      isOnline: online.isOnline(),
      hasChannel: channel.available,
      reported: leader.health.trouble,
      isUnlogged: options.isUnlogged(),
      isStreamDown: leader.state === "failing" || !leader.health.live,
      isCatchUpFailing: gaps.failing,
      isBusy: isBehind() || queryClient.isFetching() > 0 || writes.pending > 0,
      ...queryFacts(),
    });
    if (next.status === report.status && next.trouble === report.trouble) return;
    report = next;
    changed.emit();
  }

  const undo = [visibility, online, writes, ledger, gaps, leader, inbox].map((source) =>
    source.subscribe(refresh),
  );
  const unsubscribe = queries.subscribe(({ type }) => {
    if (type === "updated" || type === "removed") refresh();
  });

  return {
    get report() {
      return report;
    },
    subscribe: changed.subscribe,
    /** Counts a query as waiting for view although nothing observes it. Returns the undo. */
    watch(queryKey: readonly unknown[]) {
      const { queryHash } = queryClient.defaultQueryOptions({ queryKey });
      watched.push(queryHash);
      refresh();
      return () => {
        watched.splice(watched.indexOf(queryHash), 1);
        refresh();
      };
    },
    close() {
      unsubscribe();
      for (const each of undo) each();
    },
  };
}
