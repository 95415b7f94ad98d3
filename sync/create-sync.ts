import type { Query, QueryClient } from "@tanstack/query-core";
import { backOff } from "./back-off.ts";
import { createCatchUp, type FetchChanges } from "./catch-up.ts";
import type { Change } from "./change.ts";
import type { Channel } from "./channel.ts";
import { asOf, type EffectOf, type ReadAnswer } from "./effect.ts";
import { createEmitter } from "./emitter.ts";
import { createFeed, type FeedEvent, type OpenFeed } from "./feed.ts";
import type { Locks } from "./hold-in-view.ts";
import { createLedger } from "./ledger.ts";
import { type MessageBody, protocolVersion, readMessage } from "./message.ts";
import { createQueryBinding } from "./query-binding.ts";
import type { Revision } from "./revision.ts";
import { createSharedReads } from "./shared-reads.ts";
import type { SyncStatus, Trouble } from "./status.ts";
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
  locks: Locks | undefined;
  /** Tells whether the browser has a network. */
  online: { isOnline(): boolean; subscribe(listener: (online: boolean) => void): () => void };
  /** Milliseconds that a gap may take to close by itself, by a message that is still under way. */
  grace?: number;
  /** Milliseconds between the words of the tab that holds the feed on where the server stands. */
  beacon?: number;
  trace?: Trace;
  /** This tab's writes on their way, for the status. */
  writes: { readonly pending: number; subscribe(listener: () => void): () => void };
}

/** One tab's part in keeping all tabs in step. */
export interface Sync {
  readonly status: SyncStatus;
  /** All changes up to here are known; null until the server was first heard of. */
  readonly head: Revision | null;
  /** Why it is `Degraded`: a word of its own, or what the server says is wrong with its data. */
  readonly trouble: Trouble | (string & {}) | null;
  /** Another tab speaks another version of the protocol: a reload brings the newer one. */
  readonly outdated: boolean;
  /**
   * Whether changes reach this tab by themselves. While they do, what is held is not stale for being
   * old; while they do not, age decides.
   */
  readonly isLive: boolean;
  readonly trace: Trace;
  readonly visibility: Visibility;
  /** Which change the next read of a query follows, in words; null for none. Taken once. */
  takeCause(query: Query): string | null;
  /** Called when `status`, `trouble` or `outdated` changed. */
  subscribe(listener: () => void): () => void;
  /**
   * The changes of a write of this tab that the server accepted. They act here as they will in every other
   * tab; `asOf` is the revision that the answer carried.
   */
  publish(asOf: Revision, changes: readonly Change[]): void;
  /** Asks the server what was missed, once somebody looks. For a page that slept. */
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
  writes,
}: SyncOptions): Sync {
  const ledger = createLedger({
    onRestart: () => binding.applyAll("a new log"),
  });
  const sharedReads = createSharedReads({ locks, visibility, lend });
  const binding = createQueryBinding({
    queryClient,
    ledger,
    visibility,
    effectOf,
    trace,
    isOnline: () => online.isOnline(),
    share: (query, read) => sharedReads.run(query.queryHash, () => binding.isNeeded(query), read),
  });
  const changed = createEmitter<void>();
  const watched: string[] = [];
  const queries = queryClient.getQueryCache();
  let outdated = false;
  let gapTimer: ReturnType<typeof setTimeout> | undefined;
  let headTimer: ReturnType<typeof setTimeout> | undefined;
  /** Somebody spoke of another log, or of this one before it was known. */
  let doubt = false;
  /** Why the server is to be asked when somebody looks again. */
  let owed: string | null = null;
  /** Revisions that were told on the channel, by whomever. */
  const told = new Set<number>();
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
    // Without a channel nobody passes on what another tab's stream says.
    locks: channel.available ? locks : undefined,
    visibility,
    head: () => ledger.head,
    listener: hearFeed,
  });
  const beaconTimer = setInterval(() => {
    if (feed.state === "open") postHead();
    // With nobody to tell of changes, they are asked for.
    else if (visibility.inView && !isLive()) ask("polling");
    refresh();
  }, beacon);

  function isLive(): boolean {
    return (
      feed.state === "open" || (channel.available && feed.state !== "failing" && feedWord.live)
    );
  }

  function take(epoch: string, changes: readonly Change[], path: Path): readonly Change[] {
    const news = ledger.take(epoch, changes);
    // The feed may be faster than the answer to the write that it tells of.
    const own = news.filter((change) => change.origin === tabId);
    const others = news.filter((change) => change.origin !== tabId);
    if (own.length) binding.apply(own, "own");
    if (others.length) binding.apply(others, path);
    closeGapSoon();
    return news;
  }

  function hearChannel(value: unknown) {
    const received = readMessage(value);
    if (received.kind === "foreign") meetForeign();
    if (received.kind !== "message") return;
    const { message } = received;
    if (message.type !== "answer" && message.epoch !== ledger.head?.epoch) {
      // Of another log, or before this tab knows of any: only the server can say what to make of it. A head
      // that comes so early says nothing that the first answer will not say as well.
      doubt ||= ledger.head !== null || message.type === "changes";
      closeGapSoon();
      return;
    }
    switch (message.type) {
      case "changes":
        remember(message.changes);
        take(message.epoch, message.changes, "channel");
        break;
      case "head":
        // Who holds the feed is not told by a late word of who held it before.
        if (feed.state !== "open") heed({ live: message.live, trouble: message.trouble ?? null });
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
    post({
      type: "answer",
      queryKey: [...query.queryKey],
      data,
    });
  }

  /** Takes an answer that another tab read, if it is newer than what is held. */
  function borrow(from: string, queryKey: readonly unknown[], data: unknown) {
    const query = queries.find({ queryKey, exact: true });
    const held = asOf(query?.state.data);
    const answer = readAnswer(queryKey, data);
    if (
      !query ||
      !held ||
      !answer ||
      !binding.isNeeded(query) ||
      answer.asOf.epoch !== ledger.head?.epoch
    )
      return;
    if (answer.asOf.rev <= held.rev || answer.asOf.rev > ledger.sighted) return;
    binding.take(query, answer);
    trace.add({ type: "note", text: `${query.queryHash}: shared answer of ${from}` });
    sharedReads.heard(query.queryHash);
  }

  function meetForeign() {
    outdated = true;
    changed.emit();
    ask("another version");
  }

  /** Asks the server what was missed: at once, or as soon as somebody looks. */
  function ask(cause: string) {
    owed = visibility.inView ? null : cause;
    if (!owed) void catchUp.run(cause);
  }

  function hearFeed(event: FeedEvent) {
    switch (event.type) {
      case "open":
        heed({ ...feedWord, live: true });
        ledger.sight(event.head);
        closeGapSoon();
        postHead();
        break;
      case "changes": {
        const news = take(event.epoch, event.changes, "feed");
        const outside = news.filter((change) => change.origin === undefined);
        if (outside.length) postChanges(event.epoch, outside);
        // A tab tells of its own write itself, and better sooner; if it is gone, this one does.
        const byTabs = news.filter((change) => change.origin !== undefined);
        if (byTabs.length) setTimeout(() => postChanges(event.epoch, byTabs), 4 * grace);
        // What is known here already was told, but perhaps not heard by all.
        if (!news.length) postHead();
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
      predicate: ({ state }) => state.status === "error",
    });
  }

  /** A gap closes by itself when the message that fills it is still under way; else the server is asked. */
  function closeGapSoon() {
    const isOpen = () => (ledger.gap || doubt) && ledger.head && visibility.inView;
    if (!ledger.gap && !doubt) openGaps = 0;
    if (!isOpen() || gapTimer) return;
    gapTimer = setTimeout(
      () => {
        gapTimer = undefined;
        if (!isOpen()) return;
        doubt = false;
        openGaps++;
        void catchUp.run("a gap");
      },
      // A gap that the server does not know of is junk's doing: it is not asked about for ever.
      openGaps ? backOff(grace, openGaps) : grace,
    );
  }

  function remember(changes: readonly Change[]) {
    // Told twice is a waste, and nothing worse.
    if (told.size > 2000) told.clear();
    for (const { rev } of changes) told.add(rev);
  }

  /** Tells the others what nobody has told yet. */
  function postChanges(epoch: string, known: readonly Change[]) {
    const changes = known.filter((change) => !told.has(change.rev));
    remember(changes);
    // The very last message may be lost as well: after a quiet moment this brings it to light.
    clearTimeout(headTimer);
    headTimer = setTimeout(() => feed.state === "open" && postHead(), 500);
    if (changes.length) post({ type: "changes", epoch, changes });
  }

  function postHead() {
    if (!ledger.head) return;
    const { live, trouble } = feedWord;
    post({
      type: "head",
      ...ledger.head,
      live,
      ...(trouble && { trouble }),
    });
  }

  function post(body: MessageBody) {
    channel.post({ tandem: protocolVersion, from: tabId, ...body });
  }

  function currentTrouble(): Trouble | (string & {}) | null {
    if (!channel.available) return "no channel";
    if (feedWord.trouble) return feedWord.trouble;
    if (!ledger.head && queries.getAll().some(({ state }) => state.data)) return "no log";
    if (feed.state === "failing" || !feedWord.live) return "no feed";
    if (catchUp.failing) return "no catch-up";
    if (queries.findAll({ type: "active", predicate: isUnread }).length) return "unread";
    return null;
  }

  function isWaiting(): boolean {
    return queries
      .getAll()
      .some(
        (query) =>
          query.state.isInvalidated &&
          (watched.includes(query.queryHash) || (query.isActive() && !visibility.inView)),
      );
  }

  function currentStatus(trouble: string | null): SyncStatus {
    if (!online.isOnline()) return "Offline";
    if (trouble !== null) return "Degraded";
    if (queryClient.isFetching() > 0 || writes.pending > 0) return "Syncing";
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
    queries.subscribe((event) => {
      if (event.type !== "updated" && event.type !== "removed") return;
      closeGapSoon();
      refresh();
    }),
    writes.subscribe(refresh),
    visibility.subscribe((inView) => {
      if (inView && (owed ?? catchUp.failing)) ask(owed ?? "in view again");
      closeGapSoon();
      refresh();
    }),
    online.subscribe((isOnline) => {
      if (isOnline) feed.retry();
      refresh();
    }),
  ];

  return {
    get status() {
      return shown.status;
    },
    get head() {
      return ledger.head;
    },
    get trouble() {
      return shown.trouble;
    },
    get outdated() {
      return outdated;
    },
    get isLive() {
      return isLive();
    },
    trace,
    visibility,
    takeCause: binding.takeCause,
    subscribe: changed.subscribe,
    publish(asOf, changes) {
      // Known already, they may still be missing where the user wrote: in a query that waits for its read.
      if (!take(asOf.epoch, changes, "own").length) binding.apply(changes, "own");
      ledger.sight(asOf);
      closeGapSoon();
      postChanges(asOf.epoch, changes);
      refresh();
    },
    catchUp: ask,
    watch(queryKey) {
      const hash = queryClient.defaultQueryOptions({ queryKey }).queryHash;
      watched.push(hash);
      refresh();
      return () => {
        watched.splice(watched.indexOf(hash), 1);
        refresh();
      };
    },
    close() {
      clearTimeout(gapTimer);
      clearTimeout(headTimer);
      clearInterval(beaconTimer);
      feed.close();
      sharedReads.close();
      for (const each of undo) each();
      binding.close();
      catchUp.close();
    },
  };
}
