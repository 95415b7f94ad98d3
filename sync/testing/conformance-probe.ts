import * as z from "zod/mini";
import { type Change, changeSchema, revSchema } from "../wire/change.ts";
import { formatRevision, parseRevision, type Revision } from "../wire/revision.ts";
import { type OpenedStream, openChangeStream, type SentEvent } from "./conformance-stream.ts";

export interface ProbeOptions {
  /** Of the catch-up and the change stream, as `http://localhost:3000/api/changes`. */
  url: string;
  /**
   * Writes to the server: one row, the same each time, with a value that follows from `n`, as
   * `{ title: "note " + n }`. `headers` go with the request.
   */
  write: (n: number, headers: Readonly<Record<string, string>>) => Promise<Response>;
  /** Reads that row. */
  read: () => Promise<Response>;
  fetch?: typeof globalThis.fetch;
  /** Milliseconds to wait for an event that has to come; 5,000 by default. */
  patience?: number;
  /** Milliseconds within which a quiet stream has to ping; 20,000 by default. */
  pingWithin?: number;
}

export interface CaughtUp {
  readonly head: Revision;
  readonly changes: readonly Change[];
}

/** What the checks do with a server. Each call throws, in plain words, for an answer that is none. */
export interface Probe {
  /** A write of its own, that has to succeed. Returns the revision of its answer. */
  write(headers?: Readonly<Record<string, string>>): Promise<Revision>;
  /** The same write again: `n` is what it was. */
  writeAs(n: number, headers: Readonly<Record<string, string>>): Promise<Response>;
  nextNumber(): number;
  read(): Promise<{ revision: Revision; row: unknown }>;
  /** The catch-up as it is answered. */
  ask(since: string): Promise<Response>;
  catchUp(since: Revision): Promise<CaughtUp>;
  /** Opens a stream, which is closed after `use`. */
  withStream<T>(since: Revision | null, use: (stream: ProbeStream) => Promise<T>): Promise<T>;
  readonly pingWithin: number;
}

export interface ProbeStream {
  /** The next event of a kind. Pings and events that the contract does not know are passed over. */
  next(name: string): Promise<SentEvent>;
  /** Any next event. */
  any(ms: number): Promise<SentEvent | null>;
  /** Changes until one has the revision. */
  changesUpTo(rev: number): Promise<readonly Change[]>;
}

const caughtUpSchema = z.object({
  epoch: z.string(),
  head: revSchema,
  changes: z.array(z.unknown()),
});
const eventSchema = z.object({ epoch: z.string(), changes: z.array(z.unknown()) });
const known = ["hello", "changes", "reset", "ping"];

export function createProbe(options: ProbeOptions): Probe {
  const {
    url,
    fetch = (...request) => globalThis.fetch(...request),
    patience = 5_000,
    pingWithin = 20_000,
  } = options;
  let n = Date.now();

  const urlSince = (since: string) =>
    `${url}${url.includes("?") ? "&" : "?"}since=${encodeURIComponent(since)}`;

  function stream(opened: OpenedStream): ProbeStream {
    async function next(name: string): Promise<SentEvent> {
      const deadline = performance.now() + patience;
      for (;;) {
        const left = deadline - performance.now();
        // Pings come, and nothing else.
        const event = await (left > 0 ? opened.next(left) : Promise.reject()).catch(() => {
          throw new Error(`The stream brought no "${name}" within ${patience / 1000} s.`);
        });
        if (!event) throw new Error(`The stream ended before it brought "${name}".`);
        if (event.name === name) return event;
        if (event.name !== "ping" && known.includes(event.name))
          throw new Error(`The stream brought "${event.name}" where "${name}" was to come.`);
      }
    }
    return {
      next,
      any: (ms) => opened.next(ms),
      async changesUpTo(rev) {
        const taken: Change[] = [];
        while ((taken.at(-1)?.rev ?? -1) < rev) {
          const { data } = await next("changes");
          const event = eventSchema.safeParse(data);
          if (!event.success)
            throw new Error(`A "changes" event is not {epoch, changes}: ${JSON.stringify(data)}.`);
          taken.push(...toChanges(event.data.changes));
        }
        return taken;
      },
    };
  }

  const probe: Probe = {
    pingWithin,
    nextNumber: () => ++n,
    writeAs: options.write,
    async write(headers = {}) {
      const response = await options.write(++n, headers);
      await checkOk(response, "A write");
      return revisionIn(response, "The answer to a write");
    },
    async read() {
      const response = await options.read();
      const row = await checkOk(response, "A read");
      return { revision: revisionIn(response, "The answer to a read"), row: parseJson(row) };
    },
    ask: (since) => fetch(urlSince(since)),
    async catchUp(since) {
      const text = formatRevision(since);
      const response = await probe.ask(text);
      const body = await checkOk(response, `The catch-up since ${text}`);
      const answer = caughtUpSchema.safeParse(parseJson(body));
      if (!answer.success)
        throw new Error(`The catch-up is not {epoch, head, changes}: ${body.slice(0, 200)}.`);
      const { epoch, head } = answer.data;
      return { head: { epoch, rev: head }, changes: toChanges(answer.data.changes) };
    },
    async withStream(since, use) {
      const target = since ? urlSince(formatRevision(since)) : url;
      const opened = await openChangeStream(target, { fetch });
      try {
        const { status, headers } = opened.response;
        const type = headers.get("Content-Type") ?? "none";
        if (status !== 200 || !type.startsWith("text/event-stream"))
          throw new Error(
            `With Accept: text/event-stream, ${target} answered ${status} with the type ${type}, and not with a stream.`,
          );
        return await use(stream(opened));
      } finally {
        opened.close();
      }
    },
  };
  return probe;
}

/** The revision that a response says. Throws where it says none, or none that can be read. */
export function revisionIn(response: Response, what: string): Revision {
  const text = response.headers.get("Tandem-Revision");
  const revision = parseRevision(text);
  if (revision) return revision;
  throw new Error(
    text === null
      ? `${what} has no Tandem-Revision: tabs cannot tell what it reflects.`
      : `${what} has the Tandem-Revision "${text}", which is no <epoch>.<rev>.`,
  );
}

/** Its text. */
async function checkOk(response: Response, what: string): Promise<string> {
  const text = await response.text();
  if (response.ok) return text;
  throw new Error(`${what} was answered with ${response.status}: ${text.slice(0, 200)}`);
}

function toChanges(values: readonly unknown[]): Change[] {
  return values.map((value) => {
    const change = changeSchema.safeParse(value);
    if (change.success) return change.data;
    const [issue] = change.error.issues;
    const where = issue?.path.join(".") || "it";
    throw new Error(
      `A change does not have its form, see "${where}": ${JSON.stringify(value).slice(0, 300)}`,
    );
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
