import * as z from "zod/mini";
import { changeSchema, revSchema } from "./change.ts";
import type { ChangeLog, OpenStream } from "./change-log.ts";
import { formatRevision, type Revision, revisionOf } from "./revision.ts";
import { withTimeLimit } from "./time-limit.ts";

/** Milliseconds until a catch-up counts as unanswered. */
const answerWithin = 15_000;

/** Of more changes than this a catch-up is not read: reading the queries again costs less. */
const worthReading = 2000;

/** The slice of `EventSource` that is used. */
interface Source {
  addEventListener(type: string, listener: (event: Event) => void): void;
  close(): void;
}

export interface HttpLogOptions {
  fetch?: typeof globalThis.fetch;
  /** By default the browser's. Where there is none, as in Node, changes are polled. */
  EventSource?: (new (url: string) => Source) | undefined;
  /**
   * Reads the data of a `status` event: what is wrong with the server, null when nothing is, undefined
   * for what does not fit. By default the data is `{ "trouble": string | null }`.
   */
  readStatus?: (data: unknown) => string | null | undefined;
  /** Hears further events of the stream, by their name: in the leader tab only. `undefined` is what is no JSON. */
  events?: Readonly<Record<string, (data: unknown) => void>>;
}

const epoch = z.string();
const changes = z.array(changeSchema);
const changesSchema = z.object({ epoch, changes });
const caughtUpSchema = z.object({ epoch, changes: z.array(z.unknown()), head: revSchema });
const headSchema = z.pipe(
  z.object({ epoch, head: revSchema }),
  z.transform(({ epoch, head }) => ({ epoch, rev: head })),
);
const statusSchema = z.object({ trouble: z.nullable(z.string()) });

/**
 * A server's change log over HTTP, as the `server` of `createSync`: `GET url?since=` is the catch-up,
 * the same with `Accept: text/event-stream` the change stream.
 */
export function httpLog(
  url: string,
  {
    // Wrapped, as `fetch` must be called on its window.
    fetch = (...request) => globalThis.fetch(...request),
    EventSource = globalThis.EventSource,
    readStatus = (data) => statusSchema.safeParse(data).data?.trouble,
    events = {},
  }: HttpLogOptions = {},
): ChangeLog {
  const urlSince = (since: Revision) => `${url}?since=${formatRevision(since)}`;

  async function ask(since: Revision, signal: AbortSignal) {
    const response = await fetch(urlSince(since), { signal });
    const asOf = revisionOf(response);
    // The log does not reach back.
    if (response.status === 410 && asOf) return { head: asOf, changes: null };
    if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
    const answer = caughtUpSchema.parse(await response.json());
    const isWorthIt = answer.changes.length <= worthReading;
    return {
      head: { epoch: answer.epoch, rev: answer.head },
      changes: isWorthIt ? changes.parse(answer.changes) : null,
    };
  }

  function openSource(url: string): Source | undefined {
    try {
      return EventSource && new EventSource(url);
    } catch {
      // Refused, as by a policy of the page: the same as where there is none.
      return undefined;
    }
  }

  // The reconnection of `EventSource` itself is not used: it gives up for good on an answer other than
  // 200, and begins where it once began.
  const openStream: OpenStream = (since, listener) => {
    const source = openSource(since ? urlSince(since) : url);
    const close = () => source?.close();

    function lose() {
      close();
      listener({ type: "lost" });
    }
    function on<T>(name: string, read: (data: unknown) => T | undefined, use: (value: T) => void) {
      source?.addEventListener(name, (event) => {
        const value = read(parseJson((event as MessageEvent).data));
        // What does not fit counts as missed: begin anew from what is known.
        if (value === undefined) lose();
        else use(value);
      });
    }
    const readHead = (data: unknown) => headSchema.safeParse(data).data;
    const readChanges = (data: unknown) => changesSchema.safeParse(data).data;

    on("hello", readHead, (at) => listener({ type: "open", head: at }));
    on("changes", readChanges, (event) => listener({ type: "changes", ...event }));
    on("reset", readHead, (at) => listener({ type: "reset", head: at }));
    on("status", readStatus, (trouble) =>
      listener({ type: "trouble", detail: trouble?.slice(0, 500) ?? null }),
    );
    for (const [name, hear] of Object.entries(events))
      source?.addEventListener(name, (event) => hear(parseJson((event as MessageEvent).data)));
    source?.addEventListener("ping", () => listener({ type: "ping" }));
    source?.addEventListener("error", lose);
    if (!source) lose();
    return close;
  };

  return {
    fetchChanges: (since) => withTimeLimit(answerWithin, (signal) => ask(since, signal)),
    openStream,
  };
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
