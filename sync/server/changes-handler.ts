import { parseRevision, type Revision } from "../wire/revision.ts";
import { type Answer, problem, toResponse } from "./answer.ts";
import { catchUp, readSince } from "./catch-up.ts";
import { type EventStream, openEventStream } from "./event-stream.ts";
import { type FurtherEvents, type Wording, wordChanges } from "./events.ts";
import type { ReadableLog } from "./readable-log.ts";
import { stamp } from "./stamp.ts";

/** `GET …?since=`: the catch-up as JSON, or the change stream as server-sent events. */
export interface ChangesHandler {
  /** `further` is what this stream brings beside the changes, as a `status`. */
  handle(request: Request, further?: FurtherEvents): Promise<Response>;
  /** Open change streams. */
  readonly count: number;
  /** Ends every open stream, and refuses further ones: their readers come back, to another server or to the next. */
  close(): void;
}

export interface ChangesOptions {
  /** Milliseconds between two pings; 10,000 by default. A tab takes a stream to be down after 25 s of silence. */
  pingMs?: number;
  /** Change streams that may be open; 1,000 by default. */
  maxStreams?: number;
}

export function createChangesHandler(
  log: ReadableLog,
  { pingMs = 10_000, maxStreams = 1_000 }: ChangesOptions = {},
): ChangesHandler {
  const streams = new Set<EventStream>();
  const wording = createWording();
  let isClosed = false;

  /** Every answer says its revision. */
  function refuse({ headers, ...answer }: Answer): Response {
    return toResponse({ ...answer, headers: { ...stamp(log.revision()), ...headers } });
  }

  function openStream(since: Revision | null, further: FurtherEvents | undefined): Response {
    if (isClosed) {
      const headers = { "Retry-After": "1" };
      return refuse(problem(503, "The server is shutting down.", { headers }));
    }
    if (streams.size >= maxStreams) {
      const detail = `${maxStreams} change streams are open, and no more are allowed.`;
      return refuse(problem(503, detail, { headers: { "Retry-After": "5" } }));
    }
    const headers = stamp(log.revision());
    let isOver = false;
    const stream = openEventStream({
      log,
      since,
      pingMs,
      wording,
      further,
      onClose() {
        isOver = true;
        streams.delete(stream);
      },
    });
    if (!isOver) streams.add(stream);
    return new Response(stream.body, {
      headers: {
        ...headers,
        "Content-Type": "text/event-stream",
        // Without `no-transform` a compressing middleware would buffer events.
        "Cache-Control": "no-cache, no-transform",
        "X-Accel-Buffering": "no",
      },
    });
  }

  return {
    async handle({ method, headers, url }, further) {
      if (method !== "GET" && method !== "HEAD")
        return refuse(
          problem(405, `${method} is not possible here.`, { headers: { Allow: "GET, HEAD" } }),
        );
      const asked = readSince(new URL(url).searchParams);
      if ("refusal" in asked) return refuse(asked.refusal);
      const isStream = method === "GET" && headers.get("Accept")?.includes("text/event-stream");
      // A reconnecting EventSource repeats its first URL, so the header is newer than `since`.
      const lastId = isStream && headers.get("Last-Event-ID");
      const since = lastId ? (parseRevision(lastId) ?? { epoch: "", rev: 0 }) : asked.since;
      if (since) await log.reach?.(since.rev);
      return isStream ? openStream(since, further) : toResponse(catchUp(log, since));
    },
    get count() {
      return streams.size;
    },
    close() {
      isClosed = true;
      for (const stream of streams) stream.close();
    },
  };
}

/** A commit is put into words once, however many streams are open. */
function createWording(): Wording {
  let last: { from: number; to: number; epoch: string; text: string } | null = null;
  return (from, epoch, changes) => {
    const to = changes.at(-1)?.rev ?? from;
    if (last?.from !== from || last.to !== to || last.epoch !== epoch)
      last = { from, to, epoch, text: wordChanges(from, epoch, changes) };
    return last.text;
  };
}
