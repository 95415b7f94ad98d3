import type { Response } from "express";

/** What a request is answered with. */
export interface Reply {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** The slice of express's response that `send` and `openEventStream` use, without a socket. */
export function createResponse(
  write: (text: string) => void = () => {},
  onEnd: () => void = () => {},
) {
  const headers = new Map<string, string>();
  const listeners = new Map<string, () => void>();
  let status = 200;
  let text = "";
  let ended = false;
  const set = (name: string | Record<string, string>, value?: string) => {
    const all = typeof name === "string" ? { [name]: String(value) } : name;
    for (const [key, each] of Object.entries(all)) headers.set(key.toLowerCase(), each);
    return response;
  };
  function closed() {
    if (ended) return;
    ended = true;
    listeners.get("close")?.();
  }
  const response = {
    req: { method: "GET", get: () => undefined },
    status(code: number) {
      status = code;
      return response;
    },
    set,
    setHeader: set,
    flushHeaders() {},
    write(chunk: string) {
      if (!ended) write(chunk);
      return true;
    },
    send(body: string) {
      text = body;
    },
    on(event: string, listener: () => void) {
      listeners.set(event, listener);
    },
    end() {
      closed();
      onEnd();
    },
    destroy: closed,
  };
  return {
    response: response as unknown as Response,
    answer: (): Reply => ({ status, headers, text }),
    closed,
  };
}
