import type { Request, Response } from "express";
import type { RowStore } from "#api/engine/row-store.ts";
import { senderOf } from "#api/http/who.ts";
import type { PresenceList } from "#api/presence/presence-list.ts";
import { formatRevision, type Revision } from "#sync/http";

/** Changes per event, at most. A slow reader's backlog stays in the log, not in its connection. */
const maxChangesPerEvent = 200;
/** A connection that stays blocked for this many pings is cut. */
const maxBlockedPings = 2;

/**
 * One connection of the change stream. It keeps a position in the log and reads on when the connection
 * accepts more, so that a slow reader costs at most one event of memory.
 */
export interface EventStream {
  close(): void;
}

export function openEventStream(options: {
  req: Request;
  res: Response;
  store: RowStore;
  presence: PresenceList | undefined;
  /** Of the pages that are served; null where that is not known. */
  build: string | null;
  /** The reader's position; `null` to start at the head. */
  since: Revision | null;
  pingMs: number;
  onClose: () => void;
}): EventStream {
  const { req, res, store, presence, build, since, pingMs } = options;
  const { epoch } = store.state();
  let position = since ? since.rev : store.log.head();
  let blocked = false;
  let blockedPings = 0;
  /** Who is there has changed while the connection accepted nothing: all of it is sent then. */
  let missedPresence = false;
  let forgetEnd: (() => void) | undefined;

  function write(text: string): void {
    // A slow reader's connection takes a while to end.
    if (!res.writableEnded && !res.write(text)) blocked = true;
  }

  function sendEvent(name: string, data: unknown, rev?: number): void {
    const id = rev === undefined ? "" : `id: ${formatRevision({ epoch, rev })}\n`;
    write(`event: ${name}\n${id}data: ${JSON.stringify(data)}\n\n`);
  }

  function sendReset(): void {
    position = store.log.head();
    sendEvent("reset", { epoch, head: position }, position);
  }

  function sendChanges(): void {
    while (!blocked && position !== store.log.head()) {
      const changes = store.log.since(position, maxChangesPerEvent);
      const last = changes?.at(-1);
      if (!changes || !last) sendReset();
      else {
        position = last.rev;
        sendEvent("changes", { epoch, changes }, position);
      }
    }
  }

  function sendPresence(event: unknown): void {
    missedPresence = blocked;
    if (!blocked) sendEvent("presence", event);
  }

  function ping(): void {
    blockedPings = blocked ? blockedPings + 1 : 0;
    if (blockedPings >= maxBlockedPings) res.destroy();
    else if (!blocked) sendEvent("ping", {});
  }

  res.status(200).set({
    "Content-Type": "text/event-stream",
    // Without `no-transform` a compressing middleware would buffer events.
    "Cache-Control": "no-cache, no-transform",
    "X-Accel-Buffering": "no",
    "Tandem-Revision": formatRevision({ epoch, rev: store.log.head() }),
  });
  res.flushHeaders();
  const unsubscribe = store.subscribe({
    changed: sendChanges,
    // The browser comes back, and is told the new epoch.
    restarted: end,
    file: (file) => sendEvent("status", { file }),
  });
  const forgetPresence = presence?.subscribe(sendPresence);
  const timer = setInterval(ping, pingMs);
  timer.unref();
  res.on("drain", () => {
    blocked = false;
    sendChanges();
    if (missedPresence) sendPresence(presence?.read());
  });
  res.on("close", () => {
    stop();
    options.onClose();
  });
  req.socket.setNoDelay(true);

  write("retry: 1000\n");
  const resumes = since !== null && since.epoch === epoch && store.log.since(since.rev) !== null;
  const helloId = since === null || resumes ? position : undefined;
  sendEvent("hello", { epoch, head: store.log.head() }, helloId);
  if (since && !resumes) sendReset();
  sendEvent("status", { file: store.file() });
  if (build !== null) sendEvent("build", build);
  if (presence) sendPresence(presence.read());
  sendChanges();
  // Nothing more is told to whom the session has ended; the page hears why.
  forgetEnd = senderOf(req)?.onEnd(() => {
    stop();
    if (!blocked) sendEvent("signed-out", {});
    res.end();
  });

  return { close: end };

  function stop(): void {
    clearInterval(timer);
    unsubscribe();
    forgetPresence?.();
    forgetEnd?.();
  }

  function end(): void {
    stop();
    res.end();
  }
}
