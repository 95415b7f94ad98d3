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
 * Hands requests on to an API elsewhere, and its answers back as they come, streams of events too.
 * Who may ask is decided here as by our own API: the other one is not told which page it was.
 */
export function createApiProxy(target: URL, allowedHosts: readonly string[]): Api {
  const { request: ask } = target.protocol === "https:" ? https : http;
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
    const asked = ask(target, {
      method: request.method,
      path: base + (request.url ?? "/").replace(/^(?!\/)/, "/"),
      headers: { ...passedOn(request.headers, notAsked), host: target.host },
      // A kept connection that was closed meanwhile would fail a write that could have been sent.
      agent: false,
    });
    asked.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, passedOn(answer.headers, notAnswered));
      // A stream may have nothing to say for a while.
      response.flushHeaders();
      answer.pipe(response);
      answer.on("error", () => response.destroy());
    });
    asked.on("error", (error: NodeJS.ErrnoException) => {
      if (response.headersSent) response.destroy();
      else sendProblem(response, unreachable(target, error));
    });
    response.on("close", () => asked.destroy());
    request.pipe(asked);
  }

  return { handler: handle, faults: handle, close: async () => {} };
}

const ofOneConnection = "connection|keep-alive|proxy-.*|te|trailer|upgrade";
const notAsked = new RegExp(`^(${ofOneConnection}|host|origin|referer)$`);
/** Which pages may read the answer is said for the other origin, and not for ours. */
const notAnswered = new RegExp(`^(${ofOneConnection}|access-control-.*)$`);

function passedOn(headers: IncomingHttpHeaders, left: RegExp): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !left.test(name)));
}

function unreachable(target: URL, { code, message }: NodeJS.ErrnoException): Problem {
  const where = `${target.origin}${target.pathname}`.replace(/\/$/, "");
  const isDown = code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "EAI_AGAIN";
  const detail = isDown
    ? `Nothing answers at ${where}, where API points. Start the API there.`
    : `The answer of ${where} was lost on its way (${code ?? message}).`;
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
