import type { Request, Response } from "express";
import type { RowStore } from "#api/engine/row-store.ts";
import { Refusal } from "#api/http/refusal.ts";
import { send } from "#api/http/send.ts";
import type { PresenceList } from "#api/presence/presence-list.ts";
import { parseRevision, type Revision } from "#sync/http";
import { type EventStream, openEventStream } from "./event-stream.ts";

/** `GET /changes`: catch-up as JSON, or the change stream as server-sent events. */
export interface ChangeStream {
  handle(req: Request, res: Response, query: URLSearchParams): void;
  readonly count: number;
  /** Ends every open stream, and refuses further ones. */
  close(): void;
}

/** With a `presence`, the stream brings who is there as well; with a `build`, which one the pages are of. */
export function createChangeStream(
  store: RowStore,
  options: { pingMs: number; maxStreams: number; build?: (() => string | null) | undefined },
  presence?: PresenceList,
): ChangeStream {
  const { pingMs, maxStreams, build = () => null } = options;
  const streams = new Set<EventStream>();
  let isClosed = false;

  function sendCatchUp(res: Response, since: Revision | null): void {
    const { epoch, rev: head } = store.state();
    const changes = since ? store.log.since(since.rev) : [];
    if (!changes || (since && since.epoch !== epoch)) {
      throw new Refusal(
        410,
        "The log does not reach back to this revision: read everything again.",
        {
          field: "since",
        },
      );
    }
    send(res, { status: 200, body: { epoch, head, changes }, revision: { epoch, rev: head } });
  }

  return {
    handle(req, res, query) {
      const since = readSince(query);
      if (req.method === "HEAD" || !req.headers.accept?.includes("text/event-stream")) {
        sendCatchUp(res, since);
        return;
      }
      if (isClosed) {
        throw new Refusal(503, "The server is shutting down.", { headers: { "Retry-After": "1" } });
      }
      if (streams.size >= maxStreams) {
        throw new Refusal(503, `${maxStreams} change streams are open, and no more are allowed.`, {
          headers: { "Retry-After": "5" },
        });
      }
      // A reconnecting EventSource repeats its first URL, so the header is newer than `since`.
      const lastId = req.get("Last-Event-ID");
      const start = lastId ? (parseRevision(lastId) ?? { epoch: "", rev: 0 }) : since;
      let stream: EventStream | null = null;
      const onClose = () => stream && streams.delete(stream);
      const parts = { req, res, store, presence, build: build(), pingMs, onClose };
      stream = openEventStream({ ...parts, since: start });
      streams.add(stream);
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

function readSince(query: URLSearchParams): Revision | null {
  for (const name of query.keys()) {
    if (name !== "since") {
      throw new Refusal(400, `/changes takes only "since", not "${name}".`, { field: name });
    }
  }
  const [text, ...more] = query.getAll("since");
  if (text === undefined) return null;
  const since = more.length === 0 ? parseRevision(text) : null;
  if (!since) {
    throw new Refusal(400, "since must be given once, as <epoch>.<rev>.", { field: "since" });
  }
  return since;
}
