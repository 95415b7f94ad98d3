import { randomUUID } from "node:crypto";
import type { Relay } from "#api/engine/relay.ts";
import { Refusal } from "#api/http/refusal.ts";
import { type Presence, type Present, presentLimit } from "#contract/presence.ts";
import { createPresenceRelay } from "./presence-relay.ts";

/** Milliseconds after the last report until a tab counts as gone: two reports may be lost. */
const goneAfter = 17_000;
/** Milliseconds between two events: however often tabs change, a stream gets this many. */
const pace = 200;

interface Entry {
  readonly present: Present;
  readonly expiry: NodeJS.Timeout;
  /** Reported to this process, and to no other since. */
  readonly isOwn: boolean;
}

/** The tabs in view, of all browsers, in memory only. */
export interface PresenceList {
  /** Lists a tab until it leaves, or is not heard of for 17 s. Throws a 503 `Refusal` when the list is full. */
  put(present: Present): void;
  leave(tabId: string): void;
  /** All of it. */
  read(): Presence & { readonly all: Present[] };
  /** Hears of each change, at most five times a second. Returns the undo. */
  subscribe(listener: (event: Presence) => void): () => void;
  close(): void;
}

/** With a `relay`, it has the tabs that are reported to the other processes too. */
export function createPresenceList(relay: Relay | null = null): PresenceList {
  const list = randomUUID();
  const entries = new Map<string, Entry>();
  const listeners = new Set<(event: Presence) => void>();
  /** Tabs of which no event has told yet. */
  const moved = new Set<string>();
  let seq = 0;
  let pause: NodeJS.Timeout | null = null;

  function move(tabId: string): void {
    moved.add(tabId);
    if (!pause) flush();
  }

  function flush(): void {
    pause = null;
    if (moved.size === 0) return;
    const changed: Present[] = [];
    const left: string[] = [];
    for (const tabId of moved) {
      const entry = entries.get(tabId);
      if (entry) changed.push(entry.present);
      else left.push(tabId);
    }
    moved.clear();
    const event = { list, since: seq, seq: ++seq, changed, left: left.slice(0, presentLimit) };
    // More than may be listed have left within a moment: those who follow read all of it.
    const whole = left.length > presentLimit ? read() : event;
    for (const listener of listeners) listener(whole);
    pause = setTimeout(flush, pace);
    pause.unref();
  }

  const others =
    relay &&
    createPresenceRelay({
      relay,
      put(present) {
        if (hasRoom(present)) keep(present, false);
      },
      leave: remove,
      own: () => [...entries.values()].flatMap(({ present, isOwn }) => (isOwn ? present : [])),
    });

  function hasRoom({ tabId }: Present): boolean {
    return entries.has(tabId) || entries.size < presentLimit;
  }

  /** Returns whether it says something new. */
  function keep(present: Present, isOwn: boolean): boolean {
    const { tabId } = present;
    const known = entries.get(tabId);
    clearTimeout(known?.expiry);
    const expiry = setTimeout(() => expire(tabId), goneAfter);
    expiry.unref();
    entries.set(tabId, { present, expiry, isOwn });
    const isNews = JSON.stringify(known?.present) !== JSON.stringify(present);
    if (isNews) move(tabId);
    return isNews;
  }

  function remove(tabId: string): void {
    const entry = entries.get(tabId);
    if (!entry) return;
    clearTimeout(entry.expiry);
    entries.delete(tabId);
    move(tabId);
  }

  function leave(tabId: string): void {
    if (!entries.has(tabId)) return;
    remove(tabId);
    others?.tell(tabId, null, true);
  }

  /** It is not heard of any more: the process that it reported to tells. */
  function expire(tabId: string): void {
    if (entries.get(tabId)?.isOwn) leave(tabId);
    else remove(tabId);
  }

  function read() {
    return { list, seq, all: [...entries.values()].map(({ present }) => present) };
  }

  return {
    put(present) {
      if (!hasRoom(present)) {
        throw new Refusal(503, `${presentLimit} tabs are listed, and no more are.`, {
          headers: { "Retry-After": "20" },
        });
      }
      const isNews = keep(present, true);
      others?.tell(present.tabId, present, isNews);
    },
    leave,
    read,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      others?.close();
      for (const { expiry } of entries.values()) clearTimeout(expiry);
      if (pause) clearTimeout(pause);
      entries.clear();
      listeners.clear();
    },
  };
}
