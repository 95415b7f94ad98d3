import type { Query, QueryClient } from "@tanstack/query-core";
import { createCatchUp, type FetchChanges } from "./catch-up.ts";
import type { Change } from "./change.ts";
import type { Channel } from "./channel.ts";
import { asOf, type EffectOf, type ReadAnswer } from "./effect.ts";
import { createEmitter } from "./emitter.ts";
import { createFeed, type FeedEvent, type Locks, type OpenFeed } from "./feed.ts";
import { createLedger } from "./ledger.ts";
import { type Message, protocolVersion, readMessage } from "./message.ts";
import { createQueryBinding } from "./query-binding.ts";
import { connectRequestTrace } from "./request-trace.ts";
import type { Revision } from "./revision.ts";
import { createSharedReads, type ReadLocks } from "./shared-reads.ts";
import type { SyncStatus } from "./status.ts";
import { createTrace, type Path, type Trace } from "./trace.ts";
import type { Visibility } from "./visibility.ts";

export interface SyncOptions {
  /** This tab's name on the channel and in `origin`; new for each realm. */
  tabId: string;
  queryClient: QueryClient;
  channel: Channel;
  visibility: Visibility;
  effectOf: EffectOf;
  fetchChanges: FetchChanges;
  openFeed: OpenFeed;
  readAnswer: ReadAnswer;
  locks: (Locks & ReadLocks) | undefined;
  /** Tells whether the browser has a network. */
  online?: { isOnline(): boolean; subscribe(listener: (online: boolean) => void): () => void };
  /** Milliseconds that a gap may take to close by itself, by a message that is still under way. */
  grace?: number;
  /** Milliseconds between the words of the tab that holds the feed on where the server stands. */
  beacon?: number;
  trace?: Trace;
}

/** One tab's part in keeping all tabs in step. */
export interface Sync {
  readonly status: SyncStatus;
  /** Why it is `Degraded`, in words; else null. */
  readonly trouble: string | null;
  /** Another tab speaks another version of the protocol: a reload brings the newer one. */
  readonly outdated: boolean;
  /**
   * Whether changes reach this tab by themselves. While they do, what is held is not stale for being
   * old; while they do not, age decides.
   */
  readonly isLive: boolean;
  readonly trace: Trace;
  readonly visibility: Visibility;
  /** Called when `status`, `trouble` or `outdated` changed. */
  subscribe(listener: () => void): () => void;
  /**
   * A write of this tab that the server accepted. It acts here as it will in every other tab; `asOf`
   * is the revision its answer carried.
   */
  publish(asOf: Revision, change: Change): void;
  /** Asks the server what was missed. For a page that slept. */
  catchUp(cause: string): void;
  /** Counts a query whose panel is hidden in "Changes waiting". Returns the undo. */
  watch(queryKey: readonly unknown[]): () => void;
  close(): void;
}

/** What changed and then could not be read. */
function isUnread({ state }: Query): boolean {
  return state.isInvalidated && state.status === "error" && state.fetchStatus === "idle";
}

/** Listens as soon as it is made: make it before the first fetch. */
export function createSync({
  tabId,
  queryClient,
  channel,
  visibility,
  effectOf,
  fetchChanges,
  openFeed,
  readAnswer,
  locks,
  online,
  grace = 250,
  beacon = 10_000,
  trace = createTrace(),
}: SyncOptions): Sync {
  const ledger = createLedger({
    onRestart: () => binding.applyAll("the server began a new log"),
  });
  const sharedReads = createSharedReads({ locks, visibility, lend });
  const binding = createQueryBinding({
    queryClient,
    ledger,
    visibility,
    effectOf,
    trace,
    share: (query, read) => sharedReads.run(query.queryHash, () => binding.isNeeded(query), read),
  });
  const changed = createEmitter<void>();
  const watched = new Map<string, number>();
  const queries = queryClient.getQueryCache();
  let outdated = false;
  let gapTimer: ReturnType<typeof setTimeout> | undefined;
  /** How often in a row the server was asked about a gap and did not close it. */
  let openGaps = 0;
  let shown: { status: SyncStatus; trouble: string | null } = { status: "In step", trouble: null };
  /** What the tab that holds the feed last said of it. Without a word it is taken to stand. */
  let feedWord: { live: boolean; trouble: string | null } = { live: true, trouble: null };

  const catchUp = createCatchUp({
    ledger,
    fetchChanges,
    trace,
    onNews: (news) => binding.apply(news, "catch-up"),
    mayAsk: () => visibility.inView,
    onSettled() {
      closeGapSoon();
      refresh();
    },
  });
  const feed = createFeed({
    open: openFeed,
    locks,
    visibility,
    head: () => ledger.head,
    listener: hearFeed,
  });
  const beaconTimer = setInterval(() => {
    if (feed.state === "open") postHead();
  }, beacon);

  function take(epoch: string, changes: readonly Change[], path: Path): readonly Change[] {
    const news = ledger.take(epoch, changes);
    if (news.length) binding.apply(news, path);
    closeGapSoon();
    return news;
  }

  function hearChannel(value: unknown) {
    const received = readMessage(value);
    if (received.kind === "foreign") meetForeign(received.version);
    if (received.kind !== "message") return;
    const { message } = received;
    switch (message.type) {
      case "changes":
        take(message.epoch, message.changes, "channel");
        break;
      case "head":
        heed({ live: message.live, trouble: message.trouble ?? null });
        ledger.sight({ epoch: message.epoch, rev: message.rev });
        closeGapSoon();
        break;
      case "answer":
        borrow(message.from, message.queryKey, message.data);
    }
    refresh();
  }

  /** Tells the others what this tab has just read, where that is of use to them. */
  function lend(queryHash: string) {
    const query = queries.get(queryHash);
    const data = query && readAnswer(query.queryKey, query.state.data);
    if (!data || query.state.isInvalidated) return;
    const queryKey = query.queryKey.map((part) => (part === null ? null : String(part)));
    post({ tandem: protocolVersion, from: tabId, type: "answer", queryKey, data });
  }

  /** Takes an answer that another tab read, if it is newer than what is held. */
  function borrow(from: string, queryKey: readonly unknown[], data: unknown) {
    const query = queries.find({ queryKey, exact: true });
    const held = asOf(query?.state.data);
    const answer = readAnswer(queryKey, data);
    if (!query || !held || !answer || answer.asOf.epoch !== ledger.head?.epoch) return;
    if (answer.asOf.rev <= held.rev) return;
    binding.take(query, answer);
    trace.add({ type: "note", text: `${JSON.stringify(queryKey)}: shared answer of ${from}` });
    sharedReads.heard(query.queryHash);
  }

  function meetForeign(version: number) {
    if (!outdated)
      trace.add({ type: "note", text: `A tab of protocol version ${version} is open` });
    outdated = true;
    changed.emit();
    if (visibility.inView) void catchUp.run("a tab of another version spoke");
  }

  function hearFeed(event: FeedEvent) {
    switch (event.type) {
      case "open":
        heed({ ...feedWord, live: true });
        ledger.sight(event.head);
        postHead();
        break;
      case "changes": {
        const news = take(event.epoch, event.changes, "feed");
        // What is known here already was told by its writer, but perhaps not heard by all.
        if (news.length) postChanges(event.epoch, news);
        else postHead();
        break;
      }
      case "reset":
        ledger.restart(event.head);
        postHead();
        break;
      case "trouble":
        if (event.detail === feedWord.trouble) break;
        heed({ ...feedWord, trouble: event.detail });
        postHead();
        break;
      case "lost":
        heed({ ...feedWord, live: false });
        postHead();
        break;
    }
    refresh();
  }

  function heed(word: typeof feedWord) {
    const isBack = word.live && !feedWord.live;
    feedWord = word;
    if (!isBack || !visibility.inView) return;
    // What failed while the server was away needs nobody's click to be tried again.
    void queryClient.refetchQueries({
      type: "active",
      predicate: (query) => query.state.status === "error",
    });
  }

  /** A gap closes by itself when the message that fills it is still under way; else the server is asked. */
  function closeGapSoon() {
    if (!ledger.gap) openGaps = 0;
    if (!ledger.gap || !visibility.inView || gapTimer) return;
    // A gap that the server does not know of is junk's doing: it is not asked about for ever.
    const wait = Math.min(grace * 2 ** openGaps, 60_000);
    gapTimer = setTimeout(() => {
      gapTimer = undefined;
      if (!ledger.gap || !visibility.inView) return;
      openGaps++;
      void catchUp.run("changes were missed");
    }, wait);
  }

  function postChanges(epoch: string, changes: readonly Change[]) {
    post({ tandem: protocolVersion, from: tabId, type: "changes", epoch, changes: [...changes] });
  }

  function postHead() {
    if (!ledger.head) return;
    const { live, trouble } = feedWord;
    post({
      tandem: protocolVersion,
      from: tabId,
      type: "head",
      ...ledger.head,
      live,
      ...(trouble !== null && { trouble: trouble.slice(0, 500) }),
    });
  }

  function post(message: Message) {
    channel.post(message);
  }

  function currentTrouble(): string | null {
    if (!channel.available) return "This browser has no channel between tabs.";
    if (feedWord.trouble !== null) return feedWord.trouble;
    if (feed.state === "failing" || !feedWord.live)
      return "The server's stream of changes is down.";
    if (catchUp.failing) return "The server does not say what was missed.";
    if (queries.findAll({ type: "active", predicate: isUnread }).length)
      return "Something that changed could not be read again.";
    return null;
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

  function currentStatus(trouble: string | null): SyncStatus {
    if (online && !online.isOnline()) return "Offline";
    if (trouble !== null) return "Degraded";
    if (queryClient.isFetching() > 0 || queryClient.isMutating() > 0) return "Syncing";
    return isWaiting() ? "Changes waiting" : "In step";
  }

  function refresh() {
    const trouble = currentTrouble();
    const status = currentStatus(trouble);
    if (status === shown.status && trouble === shown.trouble) return;
    shown = { status, trouble };
    changed.emit();
  }

  const undo = [
    channel.subscribe(hearChannel),
    connectRequestTrace(queryClient, binding.takeCause, trace),
    queries.subscribe((event) => {
      if (event.type !== "updated" && event.type !== "removed") return;
      closeGapSoon();
      refresh();
    }),
    queryClient.getMutationCache().subscribe(refresh),
    visibility.subscribe((inView) => {
      if (inView && catchUp.failing) void catchUp.run("looked at again after a failure");
      closeGapSoon();
      refresh();
    }),
    online?.subscribe((isOnline) => {
      if (isOnline) feed.retry();
      refresh();
    }) ?? (() => {}),
  ];

  return {
    get status() {
      return shown.status;
    },
    get trouble() {
      return shown.trouble;
    },
    get outdated() {
      return outdated;
    },
    get isLive() {
      return channel.available && feed.state !== "failing" && feedWord.live;
    },
    trace,
    visibility,
    subscribe: changed.subscribe,
    publish(asOf, change) {
      ledger.sight(asOf);
      // Where the feed was faster than the answer, whoever holds it has told the others already.
      const news = take(asOf.epoch, [change], "own");
      if (news.length) postChanges(asOf.epoch, news);
      refresh();
    },
    catchUp(cause) {
      void catchUp.run(cause);
    },
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
      clearInterval(beaconTimer);
      feed.close();
      sharedReads.close();
      for (const each of undo) each();
      binding.close();
      catchUp.close();
    },
  };
}
