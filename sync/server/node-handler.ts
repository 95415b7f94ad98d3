import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { problem, toResponse } from "./answer.ts";

export type NodeHandler = (
  req: IncomingMessage,
  res: ServerResponse,
  /** Of Express and Connect: it gets what the handler throws. Without it that is a 500. */
  next?: (error: unknown) => void,
) => Promise<void>;

/** A handler of web-standard requests for `node:http`, and for what stands on it: Express, Fastify, Connect. */
export function toNodeHandler(
  handle: (request: Request) => Response | Promise<Response>,
): NodeHandler {
  return async (req, res, next) => {
    try {
      const request = toRequest(req);
      const response = request
        ? await handle(request)
        : toResponse(problem(400, "This request cannot be read: see its Host and its URL."));
      await send(response, req, res);
    } catch (error) {
      if (next) {
        next(error);
        return;
      }
      console.error(error);
      if (res.headersSent) res.destroy();
      else res.writeHead(500).end();
    }
  };
}

/** Null for what no `Request` can be made of. */
function toRequest(req: IncomingMessage): Request | null {
  const { method = "GET", headers } = req;
  try {
    const hasBody = method !== "GET" && method !== "HEAD";
    return new Request(`http://${headers.host ?? "localhost"}${req.url ?? "/"}`, {
      method,
      headers: Object.entries(headers).flatMap(([name, value = []]) =>
        [value].flat().map((each): [string, string] => [name, each]),
      ),
      // What is streamed has to say so (Fetch, "duplex").
      ...(hasBody && { body: Readable.toWeb(req) as ReadableStream<Uint8Array>, duplex: "half" }),
    });
  } catch {
    return null;
  }
}

async function send(response: Response, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { body, headers } = response;
  res.statusCode = response.status;
  for (const [name, value] of headers) if (name !== "set-cookie") res.setHeader(name, value);
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) res.setHeader("set-cookie", cookies);
  if (!body || req.method === "HEAD") {
    await body?.cancel();
    res.end();
    return;
  }
  const reader = body.getReader();
  let goOn = () => {};
  res.on("drain", () => goOn());
  res.on("close", () => {
    reader.cancel().catch(ignore);
    goOn();
  });
  // The body failed, which is to be seen although the connection accepts nothing.
  reader.closed.catch(() => res.destroy());
  // What comes bit by bit may keep its reader waiting for the first one.
  if (!headers.has("content-length")) res.flushHeaders();
  while (!res.destroyed) {
    const { done, value } = await reader.read();
    if (done) break;
    if (!res.write(value) && !res.destroyed) {
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
    }
  }
  res.end();
}

/** The body has failed: its reader is told so by `closed`. */
function ignore(): void {}
