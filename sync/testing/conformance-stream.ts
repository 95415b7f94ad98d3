import { parseBlock, type RawEvent, takeBlock } from "./sent-events.ts";

/** One event of a change stream. */
export interface SentEvent extends Omit<RawEvent, "data"> {
  /** The JSON that it brought; its text where it is none. */
  readonly data: unknown;
}

/** An open change stream, event by event. */
export interface OpenedStream {
  readonly response: Response;
  /** The next event; null at the end of the stream. Rejects after `ms` without one. */
  next(ms: number): Promise<SentEvent | null>;
  close(): void;
}

/** Opens a change stream by `fetch`, which, unlike an `EventSource`, shows status and headers. */
export async function openChangeStream(
  url: string,
  {
    fetch = globalThis.fetch,
    headers = {},
  }: { fetch?: typeof globalThis.fetch; headers?: Readonly<Record<string, string>> } = {},
): Promise<OpenedStream> {
  const leave = new AbortController();
  const response = await fetch(url, {
    headers: { Accept: "text/event-stream", ...headers },
    signal: leave.signal,
  });
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  /** Of the read that was given up: the next one goes on with it. */
  let reading: Promise<string | null> | null = null;

  async function read(): Promise<string | null> {
    // Broken off is ended.
    const part = await reader?.read().catch(() => undefined);
    return part?.value ? decoder.decode(part.value, { stream: true }) : null;
  }

  async function next(ms: number): Promise<SentEvent | null> {
    const deadline = performance.now() + ms;
    for (;;) {
      const taken = takeBlock(text);
      if (taken) {
        text = taken.rest;
        const event = parseBlock(taken.block);
        if (event) return { ...event, data: parseJson(event.data) };
        continue;
      }
      reading ??= read();
      const more = await within(Math.max(0, deadline - performance.now()), ms, reading);
      reading = null;
      if (more === null) return null;
      text += more;
    }
  }

  function close(): void {
    leave.abort();
    // What knows of no signal hears of it so.
    reader?.cancel().catch(() => {});
  }

  return { response, next, close };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function within<T>(left: number, ms: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`none came within ${ms / 1000} s`)), left);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
