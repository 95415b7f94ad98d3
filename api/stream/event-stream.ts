import type { Request, Response } from "express";
import type { RowStore } from "#api/engine/row-store.ts";
import { formatRevision, type Revision } from "#sync/http";

/** Changes per event. What a slow reader has not taken yet waits in the log, not in its connection. */
const maxChangesPerEvent = 200;
/** A reader that takes nothing for this many pings is cut. */
const patience = 2;

/**
 * One connection of the live feed. It keeps its place in the log and reads on when the connection
 * takes more, so a slow reader costs at most one event of memory.
 */
export interface EventStream {
  close(): void;
}

export function openEventStream(options: {
  req: Request;
  res: Response;
  store: RowStore;
  /** Where the reader stands; `null` when it begins now. */
  since: Revision | null;
  pingMs: number;
  onClose: () => void;
}): EventStream {
  const { req, res, store, since, pingMs } = options;
  const { epoch } = store.state();
  let place = since ? since.rev : store.log.head();
  let blocked = false;
  let silence = 0;

  function write(text: string): void {
    if (!res.write(text)) blocked = true;
  }

  function event(name: string, data: unknown, rev?: number): void {
    const id = rev === undefined ? "" : `id: ${formatRevision({ epoch, rev })}\n`;
    write(`event: ${name}\n${id}data: ${JSON.stringify(data)}\n\n`);
  }

  function reset(): void {
    place = store.log.head();
    event("reset", { epoch, head: place }, place);
  }

  function pump(): void {
    while (!blocked && place !== store.log.head()) {
      const changes = store.log.since(place, maxChangesPerEvent);
      const last = changes?.at(-1);
      if (!changes || !last) reset();
      else {
        place = last.rev;
        event("changes", { epoch, changes }, place);
      }
    }
  }

  function ping(): void {
    silence = blocked ? silence + 1 : 0;
    if (silence >= patience) res.destroy();
    else if (!blocked) write(": ping\n\n");
  }

  res.status(200).set({
    "Content-Type": "text/event-stream",
    // `no-transform` keeps a compressing middleware from holding events back.
    "Cache-Control": "no-cache, no-transform",
    "X-Accel-Buffering": "no",
    "Tandem-Revision": formatRevision({ epoch, rev: store.log.head() }),
  });
  res.flushHeaders();
  const unsubscribe = store.subscribe({
    changed: pump,
    file: (file) => event("status", { file }),
  });
  const timer = setInterval(ping, pingMs);
  timer.unref();
  res.on("drain", () => {
    blocked = false;
    pump();
  });
  res.on("close", () => {
    clearInterval(timer);
    unsubscribe();
    options.onClose();
  });
  req.socket.setNoDelay(true);

  write("retry: 1000\n");
  const resumes = since !== null && since.epoch === epoch && store.log.since(since.rev) !== null;
  event("hello", { epoch, head: store.log.head() }, since === null || resumes ? place : undefined);
  if (since && !resumes) reset();
  event("status", { file: store.file() });
  pump();

  return { close: () => res.end() };
}
