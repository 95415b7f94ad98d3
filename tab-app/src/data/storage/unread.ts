import * as z from "zod/mini";
import { readTabId } from "#data/tabs/tab-id.ts";
import { createEmitter, listen, type Trace, type TraceEntry, type Visibility } from "#sync";

/**
 * What others have changed since this person last had its account in view, once for all tabs of the browser. It is learned
 * from the changes that the tab is told of anyway.
 */
export interface Unread {
  /** Accounts with something unread. */
  readonly count: number;
  /** The ids of these in order, as JSON: a text is equal to another of the same. */
  readonly ids: string;
  /** Whether an account has something unread. */
  has(accountId: string): boolean;
  /** Whether a row was unread when the account that this tab shows came into view. */
  isNew(accountId: string, resource: string, id: string): boolean;
  /** Whether a tab is this person's, in this browser. */
  isOwnTab(tabId: string): boolean;
  /** Called in view only. */
  subscribe(listener: () => void): () => void;
  /** Called when `count` has changed, out of view as well. */
  subscribeCount(listener: () => void): () => void;
  /** This tab shows the account, or none: in view, it is read. */
  look(accountId: string | null): () => void;
  close(): void;
}

export interface UnreadOptions {
  sessionId: string;
  tabId: string;
  /** Null for a guest. */
  userId: string | null;
  /** The session is still the current one: what is written for another would outlive its sign-out. */
  isCurrent: () => boolean;
  trace: Pick<Trace, "subscribe">;
  /** All changes up to here are known. */
  head: () => number;
  visibility: Pick<Visibility, "inView" | "subscribe">;
  /** Null where there is none: each tab then knows what it saw itself. */
  storage?: Storage | null;
  page?: Pick<EventTarget, "addEventListener" | "removeEventListener">;
}

type Change = Extract<TraceEntry, { type: "change" }>["change"];

const revs = z.record(z.string(), z.int());
const storedSchema = z.object({
  /** Tabs of this person in this browser. A guest's writes are known by them. */
  own: z.array(z.string()),
  /** By account: the revision up to which it was looked at. */
  seen: revs,
  /** By account and row (`resource/id`): the revision of the change. */
  unread: z.record(z.string(), revs),
});
type Stored = z.infer<typeof storedSchema>;

const prefix = "tandem-unread ";
/** More is forgotten, the oldest first: the storage of the browser is small. */
const most = { own: 100, seen: 1000, accounts: 200, rows: 20 };
/** Milliseconds in which a tab that has the account in view can say so before another tab marks it. */
const patience = 400;
const promptly = 50;

export function createUnread(options: UnreadOptions): Unread {
  const { sessionId, tabId, userId, isCurrent, trace, head, visibility } = options;
  const { storage = openStorage(), page = globalThis.window } = options;
  const key = prefix + sessionId;
  const changed = createEmitter<void>();
  const counted = createEmitter<void>();
  let text: string | null = null;
  let stored: Stored = { own: [], seen: {}, unread: {} };
  let looked: string | null = null;
  let lastLooked: string | null = null;
  let fresh: ReadonlySet<string> = new Set();
  const heard: Change[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = Number.POSITIVE_INFINITY;
  let isMissed = false;
  /** The count that was told last: what is read may have been changed by another tab before. */
  let announced = 0;

  function read(): Stored {
    const empty = { own: [], seen: {}, unread: {} };
    if (!storage) return stored;
    try {
      text = storage.getItem(key);
      return text === null ? empty : storedSchema.parse(JSON.parse(text));
    } catch {
      return empty; // Blocked, or written by something else.
    }
  }

  function write(next: Stored) {
    stored = next;
    try {
      const written = JSON.stringify(next);
      if (isCurrent() && written !== text) storage?.setItem(key, written);
      text = written;
    } catch {
      // Full: the other tabs learn of it by their own changes.
    }
    announce();
  }

  function announce() {
    const count = Object.keys(stored.unread).length;
    if (count !== announced) {
      announced = count;
      counted.emit();
    }
    if (visibility.inView) changed.emit();
    else isMissed = true;
  }

  function isOwn({ origin }: Change): boolean {
    if (origin === undefined) return false;
    return stored.own.includes(origin) || (userId !== null && readTabId(origin).userId === userId);
  }

  function hear(entry: TraceEntry) {
    if (entry.type !== "change" || accountOf(entry.change) === null) return;
    heard.push(entry.change);
    const isInView = visibility.inView && accountOf(entry.change) === looked;
    flushWithin(isInView ? promptly : patience);
  }

  function flushWithin(ms: number) {
    const at = performance.now() + ms;
    if (at >= due) return;
    due = at;
    clearTimeout(timer);
    timer = setTimeout(flush, ms);
  }

  function flush() {
    due = Number.POSITIVE_INFINITY;
    stored = read();
    const { own, ...rest } = stored;
    const seen = { ...rest.seen };
    const unread = new Map(Object.entries(rest.unread));
    for (const change of heard.splice(0)) {
      const { rev, resource, id, op } = change;
      const accountId = accountOf(change);
      if (accountId === null || rev <= (seen[accountId] ?? 0)) continue;
      const row = `${resource}/${id}`;
      const { [row]: _, ...others } = unread.get(accountId) ?? {};
      if (op === "delete" && resource === "accounts") unread.delete(accountId);
      else if (op === "delete") unread.set(accountId, others);
      else if (isOwn(change)) continue;
      else if (visibility.inView && accountId === looked) {
        seen[accountId] = rev;
        // Another tab was told of it sooner, and has marked it.
        unread.delete(accountId);
      } else unread.set(accountId, newest({ ...others, [row]: rev }, most.rows));
      if (Object.keys(unread.get(accountId) ?? {}).length === 0) unread.delete(accountId);
    }
    while (unread.size > most.accounts) {
      const [oldest] = [...unread].sort((a, b) => latest(a[1]) - latest(b[1]));
      if (oldest) unread.delete(oldest[0]);
    }
    write({ own, seen: newest(seen, most.seen), unread: Object.fromEntries(unread) });
  }

  /** What is in view is read, in all tabs. */
  function see() {
    if (looked === null || !visibility.inView) return;
    stored = read();
    const { [looked]: rows = {}, ...unread } = stored.unread;
    if (Object.keys(rows).length > 0) fresh = new Set([...fresh, ...Object.keys(rows)]);
    const rev = Math.max(head(), latest(rows));
    const { own, seen } = stored;
    write({ own, seen: newest({ ...seen, [looked]: rev }, most.seen), unread });
  }

  function hearStorage(event: Event) {
    if ((event as StorageEvent).key !== key) return;
    stored = read();
    // Marked by a tab that does not know that it is in view here.
    if (visibility.inView && looked !== null && stored.unread[looked]) see();
    else announce();
  }

  if (isCurrent()) forgetOthers(storage, key);
  stored = read();
  write({ ...stored, own: [...stored.own, tabId].slice(-most.own) });
  const undo = [
    trace.subscribe(hear),
    listen(page, "storage", hearStorage),
    visibility.subscribe((inView) => {
      if (!inView) return;
      see();
      if (!isMissed) return;
      isMissed = false;
      changed.emit();
    }),
  ];

  return {
    get count() {
      return Object.keys(stored.unread).length;
    },
    get ids() {
      return JSON.stringify(Object.keys(stored.unread).sort());
    },
    isOwnTab: (id) => stored.own.includes(id),
    has: (accountId) => stored.unread[accountId] !== undefined,
    isNew: (accountId, resource, id) => accountId === looked && fresh.has(`${resource}/${id}`),
    subscribe: changed.subscribe,
    subscribeCount: counted.subscribe,
    look(accountId) {
      if (accountId !== lastLooked) fresh = new Set();
      looked = lastLooked = accountId;
      see();
      return () => {
        if (looked === accountId) looked = null;
      };
    },
    close() {
      for (const each of undo) each();
      clearTimeout(timer);
      if (!isCurrent()) forget(storage, (each) => each === key);
    },
  };
}

function accountOf({ resource, id, parents }: Change): string | null {
  return resource === "accounts" ? id : (parents.accountId ?? null);
}

function latest(rows: Readonly<Record<string, number>>): number {
  return Math.max(0, ...Object.values(rows));
}

/** The entries of the highest revisions. */
function newest(all: Record<string, number>, count: number): Record<string, number> {
  const entries = Object.entries(all);
  if (entries.length <= count) return all;
  return Object.fromEntries(entries.sort((a, b) => b[1] - a[1]).slice(0, count));
}

/** Removes what other sessions have left: they are over. */
function forgetOthers(storage: Storage | null, key: string) {
  forget(storage, (each) => each.startsWith(prefix) && each !== key);
}

function forget(storage: Storage | null, isOver: (key: string) => boolean) {
  try {
    const keys = Array.from({ length: storage?.length ?? 0 }, (_, at) => storage?.key(at) ?? "");
    for (const each of keys) if (isOver(each)) storage?.removeItem(each);
  } catch {
    // Storage is blocked.
  }
}

function openStorage(): Storage | null {
  try {
    return window.localStorage ?? null;
  } catch {
    return null;
  }
}
