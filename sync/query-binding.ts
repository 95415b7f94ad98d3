import type { Query, QueryClient } from "@tanstack/query-core";
import { backOff } from "./back-off.ts";
import type { Change } from "./change.ts";
import { asOf, type EffectOf, type Snapshot } from "./effect.ts";
import type { Ledger } from "./ledger.ts";
import type { Decision, Path, Trace } from "./trace.ts";
import type { Visibility } from "./visibility.ts";

export interface QueryBindingOptions {
  queryClient: QueryClient;
  ledger: Ledger;
  visibility: Visibility;
  effectOf: EffectOf;
  trace: Trace;
  /** Runs a read that other tabs are about to make too, or waits for the answer of one of them. */
  share?: (query: Query, read: () => Promise<unknown>) => Promise<void>;
  /** Least milliseconds between two reads of one query that changes cause. */
  pace?: number;
  /** Whether the browser has a network. */
  isOnline?: () => boolean;
}

export interface QueryBinding {
  /** Brings what is cached up to changes that the ledger took just now. */
  apply(news: readonly Change[], path: Path): void;
  /** Measures everything cached against the ledger anew, after a restart of the log. */
  applyAll(cause: string): void;
  /** Puts an answer in place that another tab read. */
  take(query: Query, answer: Snapshot): void;
  /** Whether a read of this query is still wanted, and none is under way. */
  isNeeded(query: Query): boolean;
  /** Why the next read of a query happens, in the trace's words. Taken once. */
  takeCause(query: Query): string | null;
  close(): void;
}

/**
 * The ledger's hands in a react-query cache. It marks and patches; reading is react-query's own, so
 * that a query has one request in flight, and a remote change never cancels one.
 *
 * A query that is looked at is patched where its effect can tell the outcome, else read again. One that
 * nobody looks at is only marked, which costs nothing, and is read once when somebody does.
 */
export function createQueryBinding({
  queryClient,
  ledger,
  visibility,
  effectOf,
  trace,
  share = async (_, read) => void (await read()),
  pace = 150,
  isOnline = () => true,
}: QueryBindingOptions): QueryBinding {
  const cache = queryClient.getQueryCache();
  const causes = new WeakMap<Query, string>();
  const lastRead = new WeakMap<Query, number>();
  const timers = new Map<Query, ReturnType<typeof setTimeout>>();
  /** What data was patched to: a cancelled read puts back the data that it began with. */
  const patched = new WeakMap<object, object>();
  /** The query whose data this binding is writing: no news to itself. */
  let writing: Query | null = null;

  function isSeen(query: Query): boolean {
    return visibility.inView && query.isActive();
  }

  function isNeeded(query: Query): boolean {
    // A read under way is not cancelled; and after an answer borrowed meanwhile its own, older one would come.
    return isSeen(query) && query.state.isInvalidated && query.state.fetchStatus === "idle";
  }

  function patch(query: Query, data: object) {
    patched.set(query.state.data as object, data);
    writing = query;
    // Unlike setQueryData this leaves the stale mark and the time of the last read as they are.
    query.setState({ data });
    writing = null;
  }

  function markStale(query: Query, cause: string, isOwn: boolean): Decision {
    causes.set(query, cause);
    query.invalidate();
    if (!isSeen(query)) return "waits for view";
    if (query.state.fetchStatus !== "idle") return "read after this one";
    readAfter(Math.max(0, (lastRead.get(query) ?? 0) + pace - Date.now()), query, isOwn);
    return "read now";
  }

  /** A stale query in view is not given up: only what the server refuses for good is left as it is. */
  function readAgain(query: Query) {
    const { retry } = query.options;
    const isFinal = typeof retry === "function" && !retry(0, query.state.error as Error);
    if (isFinal || !isNeeded(query)) return;
    // react-query's own, quicker retries come before each of these.
    readAfter(backOff(10_000, 0), query, false);
  }

  function readAfter(wait: number, query: Query, isOwn: boolean) {
    // A new reason to read does not wait as long as a failure does.
    clearTimeout(timers.get(query));
    const read = () => {
      timers.delete(query);
      // Looked at no more, or read meanwhile for another reason. Without a network it would go on when
      // that is back, looked at or not; react-query's own reconnect makes up for it.
      if (!isNeeded(query) || !isOnline()) return;
      const refetch = () =>
        queryClient.refetchQueries({ queryKey: query.queryKey, exact: true, type: "active" });
      const begun = Date.now();
      lastRead.set(query, begun);
      // Where the lock was long in coming, a later read is under way or has been.
      const refetchUnlessRead = async () => (lastRead.get(query) === begun ? refetch() : undefined);
      // The writer is ahead of all others and waits for none.
      if (isOwn) void refetch();
      // No lock to be had, or one that a page keeps which sleeps.
      else share(query, refetchUnlessRead).catch(() => (isNeeded(query) ? refetch() : undefined));
    };
    if (wait === 0) read();
    else timers.set(query, setTimeout(read, wait));
  }

  /** Lets `changes` act on one query and says what came of each that concerns it. */
  function settle(
    query: Query,
    changes: readonly Change[],
    isOwn = false,
    /** Out of view too: what put the data in place renders it anyway. */
    mayPatch = isOwn,
  ): Map<Change, Decision> {
    const decisions = new Map<Change, Decision>();
    const held = asOf(query.state.data);
    if (!held) return decisions;
    let data = query.state.data;
    const stale: Change[] = [];
    for (const change of changes) {
      const effect = effectOf(query.queryKey, change, data);
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

  /** Somebody else put data in place (a response, a cancelled fetch's revert, hydration). */
  function settleAll(query: Query, cause = "a log too short", mayPatch = true) {
    const held = asOf(query.state.data);
    if (!held) return;
    // Measured anew, data is not believed on where the server stands.
    if (mayPatch) ledger.sight(held);
    const changes = held.epoch === ledger.head?.epoch ? ledger.since(held.rev) : null;
    if (changes) settle(query, latestPerRow(changes), false, mayPatch);
    else markStale(query, cause, false);
  }

  const unsubscribe = cache.subscribe((event) => {
    const { query } = event;
    if (event.type === "removed") {
      clearTimeout(timers.get(query));
      timers.delete(query);
    }
    if (event.type === "added") settleAll(query);
    if (event.type !== "updated" || query === writing) return;
    const { type } = event.action;
    if (type === "fetch") lastRead.set(query, Date.now());
    if (type === "error") readAgain(query);
    if (type === "setState") restorePatches(query);
    if (type === "success" || type === "setState") settleAll(query);
  });

  return {
    apply(news, path) {
      const isOwn = path === "own";
      const touched = new Map(news.map(({ rev }) => [rev, [] as Touched[]]));
      // News of what is past already, as a late message may bring, must not undo what came after it: what
      // is applied of each row is the latest that is known.
      const rows = new Set(news.map(rowKey));
      const known = ledger.since((news[0]?.rev ?? 0) - 1) ?? [];
      // Of a time that is forgotten, by now or by these news themselves: nobody can tell what came after.
      if (!known.length) for (const query of cache.getAll()) settleAll(query);
      const latest = latestPerRow(known).filter((change) => rows.has(rowKey(change)));
      for (const query of cache.getAll())
        for (const [{ rev }, decision] of settle(query, latest, isOwn))
          touched.get(rev)?.push({ query: query.queryHash, decision });
      for (const { row: _, ...change } of news)
        trace.add({ type: "change", path, change, touched: touched.get(change.rev) as Touched[] });
    },
    applyAll(cause) {
      for (const query of cache.getAll()) settleAll(query, cause, false);
    },
    take(query, answer) {
      query.setData(answer, { manual: true });
    },
    isNeeded,
    takeCause(query) {
      const cause = causes.get(query) ?? null;
      causes.delete(query);
      return cause;
    },
    close() {
      unsubscribe();
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}

interface Touched {
  readonly query: string;
  readonly decision: Decision;
}

/** A row that came and went again must not look like news to a query that missed both. Oldest first. */
function latestPerRow(changes: readonly Change[]): Change[] {
  // A row that moved to another parent left the old one by a change of its own.
  const place = (change: Change) => `${rowKey(change)}/${change.parents.accountId}`;
  const latest = new Map(changes.map((change) => [place(change), change]));
  return changes.filter((change) => latest.get(place(change)) === change);
}

function rowKey({ resource, id }: Change): string {
  return `${resource}/${id}`;
}

function inWords({ op, resource, id, origin }: Change): string {
  return `${op} ${resource}/${id} by ${origin ?? "outside"}`;
}
