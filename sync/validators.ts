import { hashKey } from "@tanstack/query-core";
import { type Revision, revisionOf } from "./wire/revision.ts";
import {
  isSameState,
  onlyIfSame,
  unlessSame,
  type Validator,
  validatorOf,
} from "./wire/validator.ts";

export { type Validator, validatorOf } from "./wire/validator.ts";

/** What a server answered, as the data of a query: `createSync` sees in it what can be guaranteed. */
export interface Answer<T = unknown> {
  /** The JSON of the body; null where there is none. */
  readonly body: T;
  /** Null from a server that keeps no log. */
  readonly asOf: Revision | null;
  /** Null where the server names none. */
  readonly validator: Validator | null;
}

export interface HttpValidators {
  /**
   * Reads JSON. What was read from this URL before is asked for conditionally: where nothing has changed the answer has
   * no body (304), and this resolves with the one from before. Rejects with an `Error` whose `cause` is the response
   * where it is neither 2xx nor 304.
   */
  read<T = unknown>(url: string, init?: RequestInit): Promise<Answer<T>>;
  /**
   * Writes on top of what the user has `seen`. Where that has changed meanwhile nothing is written: `accepted` is false, and
   * the answer is what is there now. The server decides (`If-Match`, `If-Unmodified-Since`, its own 409) where it names what
   * such a header can hold; else it is read and compared just before, and of two writes at the same moment the later wins.
   */
  write<T = unknown>(
    url: string,
    init: RequestInit,
    seen?: Answer | undefined,
  ): Promise<Answer<T> & { readonly accepted: boolean }>;
}

export interface HttpValidatorsOptions {
  fetch?: typeof globalThis.fetch;
  /** How many answers are remembered, to be asked for conditionally. Forgetting one costs a body. */
  capacity?: number;
}

/**
 * Requests to a server without a change log, by its validators. Make one for each session: what was read is
 * remembered by URL.
 */
export function httpValidators({
  // Wrapped, as `fetch` must be called on its window.
  fetch = (...request) => globalThis.fetch(...request),
  capacity = 200,
}: HttpValidatorsOptions = {}): HttpValidators {
  /** By URL, the latest last. */
  const answers = new Map<string, Answer>();

  function send(url: string, init: RequestInit | undefined, further: Record<string, string>) {
    const headers = new Headers(init?.headers);
    for (const [name, value] of Object.entries(further)) headers.set(name, value);
    return fetch(url, { ...init, headers });
  }

  async function read<T>(url: string, init?: RequestInit): Promise<Answer<T>> {
    const held = answers.get(url);
    // The browser's own cache would answer by itself what it takes to be fresh, and hide a 304.
    const cache = held ? "no-store" : "no-cache";
    const response = await send(url, { cache, ...init }, unlessSame(held?.validator));
    let answer = held;
    if (response.status !== 304 || !answer) answer = await answerOf(response, url);
    const asOf = revisionOf(response);
    if (asOf) answer = { ...answer, asOf };
    answers.delete(url);
    if (answer.validator) answers.set(url, answer);
    for (const oldest of answers.keys()) if (answers.size > capacity) answers.delete(oldest);
    return answer as Answer<T>;
  }

  return {
    read,
    async write<T>(url: string, init: RequestInit, seen?: Answer) {
      const { method: _, body: __, ...reading } = init;
      const refuse = (now: Answer) => ({ ...(now as Answer<T>), accepted: false });
      const guard = seen && onlyIfSame(seen.validator);
      if (guard === null) {
        const now = await read(url, reading);
        if (!isSame(now, seen as Answer)) return refuse(now);
      }
      const response = await send(url, init, guard ?? {});
      if (seen && (response.status === 409 || response.status === 412))
        return refuse(await read(url, reading));
      return { ...(await answerOf<T>(response, url)), accepted: true };
    },
  };
}

async function answerOf<T>(response: Response, url: string): Promise<Answer<T>> {
  if (!response.ok)
    throw new Error(`${url}: ${response.status} ${response.statusText}`, { cause: response });
  const text = await response.text();
  const body = text === "" ? null : JSON.parse(text);
  return { body, asOf: revisionOf(response), validator: validatorOf(response) };
}

function isSame(a: Answer, b: Answer): boolean {
  return isSameState(a.validator, b.validator) ?? hashKey([a.body]) === hashKey([b.body]);
}
