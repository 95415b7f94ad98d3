import http, {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import https from "node:https";
import type { Api } from "#api/create-api.ts";
import { createAccess } from "#api/http/access.ts";
import { Refusal } from "#api/http/refusal.ts";
import type { Problem } from "#contract/rows.ts";

/**
 * Forwards requests to another API, and streams its responses back, event streams included. Access is
 * checked here as by our own API; the other one does not learn which page sent a request.
 */
export function createApiProxy(target: URL, allowedHosts: readonly string[]): Api {
  const { request: send } = target.protocol === "https:" ? https : http;
  const access = createAccess({ allowedHosts, allowedOrigins: [] });
  const base = target.pathname.replace(/\/$/, "");

  function handle(request: IncomingMessage, response: ServerResponse): void {
    try {
      access.check(request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sendProblem(response, error.problem);
      return;
    }
    const forwarded = send(target, {
      method: request.method,
      path: base + (request.url ?? "/").replace(/^(?!\/)/, "/"),
      headers: { ...withoutHeaders(request.headers, droppedFromRequests), host: target.host },
      // No keep-alive: a write sent on a connection that the other side has just closed would fail.
      agent: false,
    });
    forwarded.on("response", (answer) => {
      response.writeHead(
        answer.statusCode ?? 502,
        withoutHeaders(answer.headers, droppedFromResponses),
      );
      // The first event of a stream may be long in coming.
      response.flushHeaders();
      answer.pipe(response);
      answer.on("error", () => response.destroy());
    });
    forwarded.on("error", (error: NodeJS.ErrnoException) => {
      if (response.headersSent) response.destroy();
      else sendProblem(response, badGateway(target, error));
    });
    response.on("close", () => forwarded.destroy());
    request.pipe(forwarded);
  }

  return { handler: handle, faults: handle, close: async () => {} };
}

const hopByHop = "connection|keep-alive|proxy-.*|te|trailer|upgrade";
const droppedFromRequests = new RegExp(`^(${hopByHop}|host|origin|referer)$`);
/** The CORS headers of the other API are meant for its own origin. */
const droppedFromResponses = new RegExp(`^(${hopByHop}|access-control-.*)$`);

function withoutHeaders(headers: IncomingHttpHeaders, dropped: RegExp): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.test(name)));
}

function badGateway(target: URL, { code, message }: NodeJS.ErrnoException): Problem {
  const where = `${target.origin}${target.pathname}`.replace(/\/$/, "");
  const isDown = code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "EAI_AGAIN";
  const detail = isDown
    ? `No server answers at ${where}, the address in API. Start it there.`
    : `The connection to ${where} broke before it answered (${code ?? message}).`;
  return { title: "Bad gateway", status: 502, detail };
}

function sendProblem(response: ServerResponse, problem: Problem): void {
  if (response.destroyed) return;
  response.writeHead(problem.status, {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-cache",
  });
  response.end(JSON.stringify(problem));
}
