import * as z from "zod/mini";
import {
  type Presence,
  type PresenceReport,
  type Present,
  presenceSchema,
} from "#contract/presence.ts";
import { type Channel, createEmitter, type Visibility } from "#sync";
import { readTabId } from "./tab-id.ts";

/** A tab of any browser that shows an account now. */
export interface Visitor {
  readonly tabId: string;
  /** "Tab B" */
  readonly tabName: string;
  /** Null for a guest. */
  readonly userId: string | null;
  readonly isEditing: boolean;
  /** A pane beside this one. */
  readonly isSameWindow: boolean;
  readonly windowId: string;
}

/** Who is there, over all browsers, as the server tells it. Nothing is known while the server is not reached. */
export interface People {
  /** The other tabs that show the account. The same array until something changes. */
  visitorsOf(accountId: string): readonly Visitor[];
  subscribe(listener: () => void): () => void;
  /** This tab shows the account, or none. Returns the undo. */
  look(accountId: string | null): () => void;
  /** A form of the account is open. Returns the undo. */
  edit(accountId: string): () => void;
  /** Takes what the change stream brought to this tab, and passes it on to the other tabs. */
  receive(event: unknown): void;
  close(): void;
}

export interface PeopleOptions extends Pick<Present, "tabId" | "windowId" | "userId"> {
  visibility: Pick<Visibility, "inView" | "subscribe">;
  /** Whether a report can be expected to arrive at a server that knows of it. */
  isOffered: () => boolean;
  /** Resolves with the answer. */
  post: (report: PresenceReport, isLast: boolean) => Promise<unknown>;
  channel: Pick<Channel, "post" | "subscribe">;
}

/** Milliseconds between two reports. The server forgets a tab 17 s after its last one. */
const pace = 8000;
/** Milliseconds for which a change is held back: who steps through accounts is not reported at each. */
const settle = 200;
/** Milliseconds until a server that cannot be reached is looked for again. */
const retryAfter = 2000;
/** Milliseconds without a word of the server until what it said last is not shown any more. */
const staleAfter = 20_000;

const messageSchema = z.object({ type: z.literal("present"), event: presenceSchema });
const none: readonly Visitor[] = [];

/**
 * Reports this tab while it is in view, and keeps the server's list. Answers bring all of the list when this tab has
 * another one, and events of the change stream what changes in it, so a message that is lost is missed until the next report.
 */
export function createPeople(options: PeopleOptions): People {
  const { tabId, windowId, userId, visibility, isOffered, post, channel } = options;
  const changed = createEmitter<void>();
  const looks = new Set<{ readonly accountId: string | null }>();
  const edits = new Set<{ readonly accountId: string }>();
  /** The list that `entries` are of; null when something of it may be missing. */
  let held: { readonly list: string; readonly seq: number } | null = null;
  let entries = new Map<string, Present>();
  let visitors: ReadonlyMap<string, readonly Visitor[]> = new Map();
  let isListed = false;
  let isPosting = false;
  let next: ReturnType<typeof setTimeout> | undefined;
  let staleness: ReturnType<typeof setTimeout> | undefined;

  const isWatched = () => looks.size > 0 && visibility.inView;

  function reportAfter(ms: number) {
    clearTimeout(next);
    if (isWatched()) next = setTimeout(() => void report(), ms);
  }

  async function report() {
    if (isPosting || !isOffered()) return reportAfter(retryAfter);
    const accountId = [...looks].at(-1)?.accountId ?? null;
    const isEditing = [...edits].some((each) => each.accountId === accountId);
    const known = held ? { known: `${held.list}.${held.seq}` } : {};
    isPosting = true;
    reportAfter(pace);
    try {
      const answer = await post({ tabId, windowId, userId, accountId, isEditing, ...known }, false);
      isListed = accountId !== null;
      if (isWatched()) take(presenceSchema.safeParse(answer).data);
      else leave();
    } catch {
      // Not reached, or full: it is tried again with the next report.
    }
    isPosting = false;
  }

  function leave() {
    clearTimeout(next);
    held = null;
    if (!isListed) return;
    isListed = false;
    const gone = { tabId, windowId, userId, accountId: null, isEditing: false };
    // Not reached: the server forgets this tab by itself.
    post(gone, true).catch(() => {});
  }

  function take(event: Presence | undefined) {
    if (!event || !isWatched()) return;
    const { list, seq, all, since = seq, changed: moved = [], left = [] } = event;
    const from = held?.list === list ? held.seq : null;
    if (from !== null && seq < from) return;
    if (all) entries = new Map(all.map((each) => [each.tabId, each]));
    else if (from === null || since > from) {
      held = null;
      return reportAfter(settle);
    } else if (seq > from) {
      for (const each of moved) entries.set(each.tabId, each);
      for (const gone of left) entries.delete(gone);
    }
    held = { list, seq };
    // A server that has restarted.
    if (isListed && !entries.has(tabId)) {
      isListed = false;
      reportAfter(0);
    }
    clearTimeout(staleness);
    staleness = setTimeout(forget, staleAfter);
    update();
  }

  function forget() {
    held = null;
    entries.clear();
    if (isWatched()) update();
  }

  function update() {
    const found = new Map<string, Visitor[]>();
    for (const each of [...entries.values()].sort((a, b) => (a.tabId < b.tabId ? -1 : 1))) {
      if (each.tabId === tabId) continue;
      const visitor = {
        tabId: each.tabId,
        tabName: readTabId(each.tabId).tabName,
        userId: each.userId,
        isEditing: each.isEditing,
        isSameWindow: each.windowId === windowId,
        windowId: each.windowId,
      };
      found.set(each.accountId, [...(found.get(each.accountId) ?? []), visitor]);
    }
    let isSame = found.size === visitors.size;
    const kept = [...found].map(([accountId, now]) => {
      const before = visitors.get(accountId);
      if (before && JSON.stringify(before) === JSON.stringify(now))
        return [accountId, before] as const;
      isSame = false;
      return [accountId, now] as const;
    });
    if (isSame) return;
    visitors = new Map(kept);
    changed.emit();
  }

  function hold<T>(set: Set<T>, entry: T): () => void {
    set.add(entry);
    reportAfter(settle);
    return () => {
      set.delete(entry);
      if (looks.size > 0) return reportAfter(settle);
      // Another account may be shown in the same moment.
      clearTimeout(next);
      next = setTimeout(() => looks.size === 0 && leave(), settle);
    };
  }

  const undo = [
    visibility.subscribe((inView) => (inView ? reportAfter(settle) : leave())),
    channel.subscribe((value) => take(messageSchema.safeParse(value).data?.event)),
  ];

  return {
    visitorsOf: (accountId) => visitors.get(accountId) ?? none,
    subscribe: changed.subscribe,
    look: (accountId) => hold(looks, { accountId }),
    edit: (accountId) => hold(edits, { accountId }),
    receive(value) {
      const event = presenceSchema.safeParse(value).data;
      if (!event) return;
      channel.post({ type: "present", event });
      take(event);
    },
    close() {
      for (const each of undo) each();
      leave();
      clearTimeout(next);
      clearTimeout(staleness);
    },
  };
}
