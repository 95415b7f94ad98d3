import type { QueryClient } from "@tanstack/query-core";
import { createCatchUp, type FetchChanges } from "./catch-up.ts";
import type { Change } from "./change.ts";
import type { Channel } from "./channel.ts";
import type { EffectOf } from "./effect.ts";
import { createEmitter } from "./emitter.ts";
import { createLedger } from "./ledger.ts";
import { type Message, protocolVersion, readMessage } from "./message.ts";
import { createQueryBinding } from "./query-binding.ts";
import { connectRequestTrace } from "./request-trace.ts";
import type { Revision } from "./revision.ts";
import type { SyncStatus } from "./status.ts";
import { createTrace, type Trace } from "./trace.ts";
import type { Visibility } from "./visibility.ts";

export interface SyncOptions {
  /** This tab's name on the channel and in `origin`; new for each realm. */
  tabId: string;
  queryClient: QueryClient;
  channel: Channel;
  visibility: Visibility;
  effectOf: EffectOf;
  fetchChanges: FetchChanges;
  /** Tells whether the browser has a network. */
  online?: { isOnline(): boolean; subscribe(listener: (online: boolean) => void): () => void };
  /** Milliseconds that a gap may take to close by itself, by a message that is still under way. */
  grace?: number;
  trace?: Trace;
}

/** One tab's part in keeping all tabs in step. */
export interface Sync {
  readonly status: SyncStatus;
  /** Another tab speaks another version of the protocol: a reload brings the newer one. */
  readonly outdated: boolean;
  readonly trace: Trace;
  readonly visibility: Visibility;
  /** Called when `status` or `outdated` changed. */
  subscribe(listener: () => void): () => void;
  /**
   * A write of this tab that the server accepted. It acts here as it will in every other tab; `asOf`
   * is the revision its answer carried.
   */
  publish(asOf: Revision, change: Change): void;
  /** Asks the server what was missed. */
  catchUp(cause: string): Promise<void>;
  /** Counts a query whose panel is hidden in "Changes waiting". Returns the undo. */
  watch(queryKey: readonly unknown[]): () => void;
  close(): void;
}

/** Listens as soon as it is made: make it before the first fetch. */
export function createSync({
  tabId,
  queryClient,
  channel,
  visibility,
  effectOf,
  fetchChanges,
  online,
  grace = 250,
  trace = createTrace(),
}: SyncOptions): Sync {
  const ledger = createLedger();
  const binding = createQueryBinding({ queryClient, ledger, visibility, effectOf, trace });
  const changed = createEmitter<void>();
  const watched = new Map<string, number>();
  const queries = queryClient.getQueryCache();
  let outdated = false;
  let gapTimer: ReturnType<typeof setTimeout> | undefined;
  let status: SyncStatus = "In step";

  const catchUp = createCatchUp({
    ledger,
    fetchChanges,
    trace,
    onNews: (news) => binding.apply(news, "catch-up"),
    onRestart: () => binding.applyAll("the server began a new log"),
  });

  function closeGapSoon() {
    if (!ledger.gap || !visibility.inView) return;
    clearTimeout(gapTimer);
    gapTimer = setTimeout(() => {
      if (ledger.gap && visibility.inView) void catchUp.run("changes were missed");
    }, grace);
  }

  function receive(value: unknown) {
    const received = readMessage(value);
    if (received.kind === "foreign") {
      outdated = true;
      changed.emit();
      trace.add({ type: "note", text: `A tab of protocol version ${received.version} is open` });
      if (visibility.inView) void catchUp.run("a tab of another version spoke");
    }
    if (received.kind !== "message") return;
    take(received.message, "channel");
  }

  function take({ epoch, changes }: Pick<Message, "epoch" | "changes">, path: "own" | "channel") {
    const before = ledger.head;
    const news = ledger.take(epoch, changes);
    if (before && ledger.head && before.epoch !== ledger.head.epoch)
      binding.applyAll("the server began a new log");
    if (news.length) binding.apply(news, path);
    closeGapSoon();
    refresh();
  }

  function isWaiting(): boolean {
    return queries
      .getAll()
      .some(
        (query) =>
          query.state.isInvalidated &&
          (watched.has(query.queryHash) || (query.isActive() && !visibility.inView)),
      );
  }

  function currentStatus(): SyncStatus {
    if (online && !online.isOnline()) return "Offline";
    if (!channel.available || catchUp.failing) return "Degraded";
    if (queryClient.isFetching() > 0 || queryClient.isMutating() > 0) return "Syncing";
    return isWaiting() ? "Changes waiting" : "In step";
  }

  function refresh() {
    const next = currentStatus();
    if (next === status) return;
    status = next;
    changed.emit();
  }

  const undo = [
    channel.subscribe(receive),
    connectRequestTrace(queryClient, binding.takeCause, trace),
    queries.subscribe((event) => {
      if (event.type === "updated" || event.type === "removed") {
        closeGapSoon();
        refresh();
      }
    }),
    queryClient.getMutationCache().subscribe(refresh),
    visibility.subscribe(() => {
      closeGapSoon();
      refresh();
    }),
    online?.subscribe(refresh) ?? (() => {}),
  ];

  return {
    get status() {
      return status;
    },
    get outdated() {
      return outdated;
    },
    trace,
    visibility,
    subscribe: changed.subscribe,
    publish(asOf, change) {
      take({ epoch: asOf.epoch, changes: [change] }, "own");
      ledger.sight(asOf);
      const message: Message = {
        tandem: protocolVersion,
        from: tabId,
        type: "changes",
        epoch: asOf.epoch,
        changes: [change],
      };
      channel.post(message);
    },
    catchUp: (cause) => catchUp.run(cause),
    watch(queryKey) {
      const hash = queryClient.defaultQueryOptions({ queryKey }).queryHash;
      watched.set(hash, (watched.get(hash) ?? 0) + 1);
      refresh();
      return () => {
        const left = (watched.get(hash) ?? 1) - 1;
        if (left) watched.set(hash, left);
        else watched.delete(hash);
        refresh();
      };
    },
    close() {
      clearTimeout(gapTimer);
      for (const each of undo) each();
      binding.close();
      catchUp.close();
    },
  };
}
