import { type Events, openEvents } from "./events.ts";

/** A stream of which nothing is read for this many pings is cut. */
const maxUnreadPings = 2;

export interface EventStream {
  readonly body: ReadableStream<Uint8Array>;
  close(): void;
}

/** The body of one change stream. Nothing is made ahead of its reader: a slow one costs at most one event of memory. */
export function openEventStream({
  pingMs,
  onClose,
  ...options
}: Omit<Parameters<typeof openEvents>[0], "onReady" | "onEnd"> & {
  pingMs: number;
  onClose: () => void;
}): EventStream {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let events: Events | undefined;
  let isAsked = false;
  let wasAsked = true;
  let unreadPings = 0;
  let isCancelled = false;
  let isEnded = false;
  const body = new ReadableStream<Uint8Array>(
    {
      start(own) {
        controller = own;
      },
      pull() {
        isAsked = true;
        wasAsked = true;
        flush();
      },
      cancel: abandon,
    },
    { highWaterMark: 0 },
  );
  const timer = setInterval(ping, pingMs);
  // It does not hold the process of Node.
  timer.unref?.();

  function flush(): void {
    if (isAsked) enqueue();
  }

  function enqueue(): void {
    const text = events?.take() ?? "";
    if (text === "") return;
    isAsked = false;
    controller?.enqueue(encoder.encode(text));
  }

  function ping(): void {
    unreadPings = wasAsked || isAsked ? 0 : unreadPings + 1;
    wasAsked = false;
    if (unreadPings >= maxUnreadPings) {
      abandon();
      controller?.error(new Error("The reader of a change stream reads nothing."));
    } else if (isAsked) events?.send("ping", {});
  }

  /** Nothing more can be sent. */
  function abandon(): void {
    isCancelled = true;
    events?.close();
  }

  function end(): void {
    isEnded = true;
    clearInterval(timer);
    // Not where it ended while it was opened.
    if (events) finish();
    onClose();
  }

  function finish(): void {
    if (isCancelled) return;
    enqueue();
    controller?.close();
  }

  events = openEvents({ ...options, onReady: flush, onEnd: end });
  if (isEnded) finish();
  return { body, close: events.close };
}

const encoder = new TextEncoder();
