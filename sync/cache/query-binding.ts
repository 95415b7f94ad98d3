import { onlineManager, type Query } from "@tanstack/query-core";
import type { Context } from "../core/context.ts";
import { asOf, effectOn, type Snapshot } from "../core/effects.ts";
import type { Decision, Path, Touched } from "../core/trace.ts";
import { backOff } from "../platform/back-off.ts";
import type { Change } from "../wire/change.ts";
import { isRefused } from "./is-refused.ts";
import { isRevert } from "./is-revert.ts";

export interface QueryBindingOptions
  extends Pick<Context, "queryClient" | "ledger" | "visibility" | "effects" | "trace" | "timers"> {
  /** Runs a read that other tabs are about to make too, or waits for the answer of one of them. */
  share?: (query: Query, read: () => Promise<unknown>) => Promise<void>;
  /** Least milliseconds between two reads of one query that changes cause. */
  pace?: number;
  online?: Pick<Context["online"], "isOnline">;
}

export type QueryBinding = ReturnType<typeof createQueryBinding>;

/**
 * Applies ledger changes to the query cache. It marks and patches; reading is react-query's own, so that
 * a query has one request in flight, and a remote change never cancels one.
 *
 * A query in view is patched where its effect can tell the outcome, else read again. One out of view is
 * only marked stale, which costs nothing, and read once when it comes into view.
 */
export function createQueryBinding({
  queryClient,
  ledger,
  visibility,
  effects,
  trace,
  timers,
  share = async (_, read) => void (await read()),
  pace = 150,
  online = onlineManager,
}: QueryBindingOptions) {
  const cache = queryClient.getQueryCache();
  const causes = new WeakMap<Query, string>();
  const lastRead = new WeakMap<Query, number>();
  const cancelRead = new Map<Query, () => void>();
  /** What data was patched to: a cancelled read puts back the data that it began with. */
  const patched = new WeakMap<object, object>();
  /** The query whose data this binding is writing: its own events are not news. */
  let writing: Query | null = null;
  let closed = false;

  function isSeen(query: Query): boolean {
    return visibility.inView && query.isActive();
  }

  function isNeeded(query: Query): boolean {
    // A read under way is not cancelled; and after an answer borrowed meanwhile its own, older one would come.
    const isWanted = !closed && isSeen(query) && query.state.isInvalidated;
    return isWanted && query.state.fetchStatus === "idle";
  }

  function patch(query: Query, data: object) {
    patched.set(query.state.data as object, data);
    writing = query;
    // Unlike `setQueryData` this leaves the stale mark and the time of the last read as they are.
    query.setState({ data });
    writing = null;
  }

  function markStale(query: Query, cause: string, isOwn: boolean): Decision {
    causes.set(query, cause);
    query.invalidate();
    if (!isSeen(query)) return "waits for view";
    if (query.state.fetchStatus !== "idle") return "read after this one";
    readAfter(Math.max(0, (lastRead.get(query) ?? -pace) + pace - steadyNow()), query, isOwn);
    return "read now";
  }

  /** A stale query in view is retried without end; only what the server refuses for good is left as it is. */
  function readAgain(query: Query) {
    if (isRefused(query) || !isNeeded(query)) return;
    // react-query's own, quicker retries come before each of these.
    readAfter(backOff(10_000, 0), query, false);
  }

  function readAfter(wait: number, query: Query, isOwn: boolean) {
    // A new reason to read does not wait as long as a failure does.
    cancelRead.get(query)?.();
    const read = () => {
      cancelRead.delete(query);
      // Out of view by now, or read meanwhile for another reason. Begun without a network it would go on
      // when that is back, in view or not; react-query's own reconnect makes up for it.
      if (!isNeeded(query) || !online.isOnline()) return;
      const refetch = () =>
        queryClient.refetchQueries({ queryKey: query.queryKey, exact: true, type: "active" });
      const begun = steadyNow();
      lastRead.set(query, begun);
      // Where the lock was long in coming, a later read is under way or has been.
      const refetchUnlessRead = async () => (lastRead.get(query) === begun ? refetch() : undefined);
      // The tab that wrote is ahead of all others and waits for none.
      if (isOwn) void refetch();
      // Locks are refused, or a frozen page keeps this one.
      else share(query, refetchUnlessRead).catch(() => (isNeeded(query) ? refetch() : undefined));
    };
    if (wait === 0) read();
    else cancelRead.set(query, timers.after(wait, read));
  }

  /** Applies changes to one query. Returns the decision about each that concerns it. */
  function settle(
    query: Query,
    changes: readonly Change[],
    isOwn = false,
    /** Also out of view: what put the data in place renders it anyway. */
    mayPatch = isOwn,
  ): Map<Change, Decision> {
    const decisions = new Map<Change, Decision>();
    const held = asOf(query.state.data);
    if (!held) return decisions;
    let data = query.state.data;
    const stale: Change[] = [];
    for (const change of changes) {
      const effect = effectOn(effects, query, change, data);
      if (effect === "none") continue;
      if (effect === "known" || change.rev <= held.rev) {
        decisions.set(change, "nothing to do");
      } else if (effect === "stale" || !(isSeen(query) || mayPatch)) {
        stale.push(change);
      } else {
        data = effect.patched;
        decisions.set(change, "patched");
      }
    }
    if (data !== query.state.data) patch(query, data as object);
    const last = stale.at(-1);
    if (last) {
      const decision = markStale(query, inWords(last), isOwn);
      for (const change of stale) decisions.set(change, decision);
    }
    return decisions;
  }

  function restorePatches(query: Query) {
    const held = query.state.data as object | undefined;
    let latest = held;
    for (let next = held; next; next = patched.get(next)) latest = next;
    if (latest && latest !== held) patch(query, latest);
  }

  /** Data was put in place (by a response, a cancelled read's revert, hydration): the ledger may know more. */
  function settleAll(query: Query, cause = "a log too short", mayPatch = true) {
    const held = asOf(query.state.data);
    if (!held) return;
    // After a restart, what was read before does not say where the server stands.
    if (mayPatch) ledger.sight(held);
    const changes = held.epoch === ledger.head?.epoch ? ledger.since(held.rev) : null;
    if (changes) settle(query, latestPerRow(changes), false, mayPatch);
    else markStale(query, cause, false);
  }

  const unsubscribe = cache.subscribe((event) => {
    const { query } = event;
    if (event.type === "removed") {
      cancelRead.get(query)?.();
      cancelRead.delete(query);
    }
    if (event.type === "added") settleAll(query);
    if (event.type !== "updated" || query === writing) return;
    const { type } = event.action;
    if (type === "fetch") lastRead.set(query, steadyNow());
    if (type === "error") readAgain(query);
    const isPutBack = isRevert(query, event.action);
    if (isPutBack) restorePatches(query);
    if (type === "success" || isPutBack) settleAll(query);
  });

  return {
    /** Applies changes that the ledger has taken, just now or before (`isRepeat`), to everything cached. */
    apply(news: readonly Change[], path: Path, isRepeat = false) {
      const isOwn = path === "own";
      const touched = new Map(news.map(({ rev }) => [rev, [] as Touched[]]));
      // A late message must not undo what came after it: the latest known change of each row is applied.
      const rows = new Set(news.map(rowKey));
      const known = ledger.since((news[0]?.rev ?? 0) - 1) ?? [];
      // Of a time that is forgotten, by now or by these news themselves: what came after is not known.
      if (!known.length) for (const query of cache.getAll()) settleAll(query);
      const latest = latestPerRow(known).filter((change) => rows.has(rowKey(change)));
      for (const query of cache.getAll())
        for (const [{ rev }, decision] of settle(query, latest, isOwn))
          touched.get(rev)?.push({ query: query.queryHash, decision });
      for (const { row: _, ...change } of news) {
        const queries = touched.get(change.rev) as Touched[];
        // A change is in the trace once, unless something was done the second time.
        if (isRepeat && queries.every(({ decision }) => decision === "nothing to do")) continue;
        trace.add({ type: "change", path, change, touched: queries });
      }
    },
    /** Measures everything cached against the ledger anew, after a restart of the log. */
    applyAll(cause: string) {
      for (const query of cache.getAll()) settleAll(query, cause, false);
    },
    /** Puts an answer in place that another tab read. */
    take(query: Query, answer: Snapshot) {
      query.setData(answer, { manual: true });
    },
    /** Whether a read of this query is still wanted, and none is under way. */
    isNeeded,
    /** Reads again what failed while the server was away, without a click. */
    retryFailed() {
      if (!visibility.inView) return;
      const hasFailed = ({ state }: Query) => state.status === "error";
      void queryClient.refetchQueries({ type: "active", predicate: hasFailed });
    },
    /** Which change the next read of a query follows, in words; null for none. Taken once. */
    takeCause(query: Query): string | null {
      const cause = causes.get(query) ?? null;
      causes.delete(query);
      return cause;
    },
    close() {
      closed = true;
      unsubscribe();
    },
  };
}

/** A row that came and went again must not look like news to a query that missed both. Oldest first. */
function latestPerRow(changes: readonly Change[]): Change[] {
  // A row that moved to another parent left the old one by a change of its own.
  const place = (change: Change) => `${rowKey(change)} ${Object.entries(change.parents).sort()}`;
  const latest = new Map(changes.map((change) => [place(change), change]));
  return changes.filter((change) => latest.get(place(change)) === change);
}

function rowKey({ resource, id }: Change): string {
  return `${resource}/${id}`;
}

function inWords({ op, resource, id, origin }: Change): string {
  return `${op} ${resource}/${id} by ${origin ?? "outside"}`;
}

/** Milliseconds on a clock that nobody sets: set back, a stale query would wait for as long. */
function steadyNow(): number {
  return performance.now();
}
