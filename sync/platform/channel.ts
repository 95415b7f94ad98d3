import { createEmitter } from "./emitter.ts";
import { listen } from "./listen.ts";

/** The slice of `BroadcastChannel` that is used. */
export interface Transport {
  postMessage(value: unknown): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  close(): void;
}

export interface ChannelOptions {
  name: string;
  /** Opens the transport; throws or returns null where there is none. */
  open?: (name: string) => Transport | null;
  /** The outcome of a self-test; after `false` the channel counts as missing. */
  works?: Promise<boolean>;
  /** The source of `pagehide` and `pageshow`; none outside a page. */
  page?: Pick<EventTarget, "addEventListener" | "removeEventListener"> | undefined;
}

export interface Channel {
  /** False where there is no BroadcastChannel, or this page may not have one. */
  readonly available: boolean;
  /** Sends to every other tab, without any guarantee: only the server can tell what was missed. */
  post(value: unknown): void;
  /** Values may come from any script of the origin: parse them. */
  subscribe(listener: (value: unknown) => void): () => void;
  close(): void;
}

/**
 * A channel between the tabs of this origin. It is closed while the page is in the back/forward cache,
 * which a message to an open channel would evict it from (Chromium, Firefox).
 */
export function createChannel({
  name,
  open = openBroadcastChannel,
  works,
  page = globalThis.window,
}: ChannelOptions): Channel {
  const received = createEmitter<unknown>();
  let transport = connect();

  function connect(): Transport | null {
    try {
      const opened = open(name);
      if (opened) opened.onmessage = (event) => received.emit(event.data);
      return opened;
    } catch {
      // An opaque origin or an old browser. The tab works without it, and its status says so.
      return null;
    }
  }
  function disconnect() {
    transport?.close();
    transport = null;
  }
  function reconnect() {
    transport ??= connect();
  }

  function close() {
    for (const each of undo) each();
    disconnect();
  }

  const undo = page
    ? [
        listen(page, "pagehide", disconnect),
        // Before others send to it.
        listen(page, "pageshow", reconnect, { capture: true }),
      ]
    : [];
  void works?.then((ok) => ok || close());

  return {
    get available() {
      return transport !== null;
    },
    post(value) {
      transport?.postMessage(value);
    },
    subscribe: received.subscribe,
    close,
  };
}

function openBroadcastChannel(name: string): Transport | null {
  if (typeof BroadcastChannel === "undefined") return null;
  return new BroadcastChannel(name) as Transport;
}
