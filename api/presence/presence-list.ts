import { randomUUID } from "node:crypto";
import { Refusal } from "#api/http/refusal.ts";
import { type Presence, type Present, presentLimit } from "#contract/presence.ts";

/** Milliseconds after the last report until a tab counts as gone: two reports may be lost. */
const goneAfter = 17_000;
/** Milliseconds between two events: however often tabs change, a stream gets this many. */
const pace = 200;

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

export function createPresenceList(): PresenceList {
  const list = randomUUID();
  const entries = new Map<string, { present: Present; expiry: NodeJS.Timeout }>();
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

  function leave(tabId: string): void {
    const entry = entries.get(tabId);
    if (!entry) return;
    clearTimeout(entry.expiry);
    entries.delete(tabId);
    move(tabId);
  }

  function read() {
    return { list, seq, all: [...entries.values()].map(({ present }) => present) };
  }

  return {
    put(present) {
      const { tabId } = present;
      const known = entries.get(tabId);
      if (!known && entries.size >= presentLimit) {
        throw new Refusal(503, `${presentLimit} tabs are listed, and no more are.`, {
          headers: { "Retry-After": "20" },
        });
      }
      clearTimeout(known?.expiry);
      const expiry = setTimeout(() => leave(tabId), goneAfter);
      expiry.unref();
      entries.set(tabId, { present, expiry });
      if (JSON.stringify(known?.present) !== JSON.stringify(present)) move(tabId);
    },
    leave,
    read,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      for (const { expiry } of entries.values()) clearTimeout(expiry);
      if (pause) clearTimeout(pause);
      entries.clear();
      listeners.clear();
    },
  };
}
