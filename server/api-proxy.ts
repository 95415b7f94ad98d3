import http, {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import https from "node:https";
import type { Api } from "#api/create-api.ts";
import { type Access, createAccess } from "#api/http/access.ts";
import { Refusal } from "#api/http/refusal.ts";
import type { Problem } from "#contract/rows.ts";

/**
 * Forwards requests to another API, and streams its responses back, event streams included. Access is
 * checked here as by our own API; the other one does not learn which page sent a request. Nothing that it
 * answers acts on this origin: no cookie, no page, only JSON, text and streams with known headers.
 */
export function createApiProxy(
  target: URL,
  { allowedHosts, paneOrigins = [], shellOrigins = [], outside = () => "" }: ApiProxyOptions,
): Api {
  const { request: send } = target.protocol === "https:" ? https : http;
  const base = target.pathname.replace(/\/$/, "");
  const where = target.origin + base;

  function handle(request: IncomingMessage, response: ServerResponse, access: Access): void {
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
      headers: {
        ...pickHeaders(request.headers, (name) => !droppedFromRequests.test(name)),
        host: target.host,
      },
      // No keep-alive: a write sent on a connection that the other side has just closed would fail.
      agent: false,
    });
    const fail = (status: number, detail: string) => {
      forwarded.destroy();
      if (response.headersSent) response.destroy();
      else sendProblem(response, { title: STATUS_CODES[status] ?? "Error", status, detail });
    };
    forwarded.on("response", (answer) => {
      const { statusCode: status = 0 } = answer;
      const type = answer.headers["content-type"];
      // Node refuses to send a status below 100, by an exception that would end this process.
      if (status < 200 || status > 599)
        return fail(502, `${where} answered with the status ${status}.`);
      if (type !== undefined && !isPassedOn(type)) {
        const detail = `${where} answered ${status} with ${type}. Only JSON, text and event streams are passed on.`;
        return fail(status < 400 ? 502 : status, detail);
      }
      const headers = pickHeaders(answer.headers, (name) => passedOn.has(name));
      if (headers.location) headers.location = moveLocation(headers.location, outside(request));
      if (headers.link) headers.link = moveLink(String(headers.link), outside(request));
      try {
        response.writeHead(status, headers);
      } catch (error) {
        return fail(
          502,
          `${where} answered with a header that cannot be passed on: ${String(error)}`,
        );
      }
      // The first event of a stream may be long in coming.
      response.flushHeaders();
      answer.pipe(response);
      answer.on("error", () => response.destroy());
    });
    forwarded.on("upgrade", () => fail(502, `${where} answered with another protocol (101).`));
    forwarded.on("error", (error: NodeJS.ErrnoException) => fail(502, describe(where, error)));
    response.on("close", () => forwarded.destroy());
    request.pipe(forwarded);
  }

  /** The address by which the client reaches what the other API calls `url`. */
  function moveLocation(url: string, to: string): string {
    for (const from of [where, where.replace(/^https:/, "http:"), base]) {
      const rest = url.startsWith(from) ? url.slice(from.length) : null;
      if (rest !== null && /^($|[/?#](?!\/))/.test(rest)) return to + rest;
    }
    return url;
  }

  function moveLink(links: string, to: string): string {
    return links.replace(/<([^>]*)>/g, (_, url: string) => `<${moveLocation(url, to)}>`);
  }

  const paneAccess = createAccess({ allowedHosts, allowedOrigins: paneOrigins });
  const shellAccess = createAccess({ allowedHosts, allowedOrigins: shellOrigins });
  return {
    handler(request, response) {
      // The other API does not see the origin, by which it would refuse a page of ours to set faults.
      if (request.headers.origin !== undefined) delete request.headers["tandem-faults"];
      handle(request, response, paneAccess);
    },
    signIn: null,
    faults: (request, response) => handle(request, response, shellAccess),
    // The other API says so itself.
    behind: () => null,
    gauges: () => [],
    drain() {},
    close: async () => {},
  };
}

export interface ApiProxyOptions {
  allowedHosts: readonly string[];
  /** The outer origins whose pages may write, and set faults, where they differ from the `Host` of a request. */
  paneOrigins?: readonly string[];
  shellOrigins?: readonly string[];
  /** The URL, for the client of a request, of what the other API serves at its address. */
  outside?: (request: IncomingMessage) => string;
}

const hopByHop = "connection|keep-alive|proxy-.*|te|trailer|upgrade";
/** Cookies of this host are those of its other servers too, whatever their port. */
const droppedFromRequests = new RegExp(`^(${hopByHop}|host|origin|referer|cookie)$`);
const passedOn: ReadonlySet<string> = new Set(
  (
    "accept-ranges age allow cache-control content-encoding content-language content-length content-range " +
    "content-type date etag expires idempotency-replayed last-modified link location pragma retry-after " +
    "tandem-changes tandem-revision vary x-total-count"
  ).split(" "),
);

function isPassedOn(type: string): boolean {
  return /^\s*(application\/([\w.-]+\+)?json|text\/event-stream|text\/plain)\s*(;|$)/i.test(type);
}

function pickHeaders(
  headers: IncomingHttpHeaders,
  isWanted: (name: string) => boolean,
): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => isWanted(name)));
}

function describe(where: string, { code, message }: NodeJS.ErrnoException): string {
  const isDown = code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "EAI_AGAIN";
  return isDown
    ? `No server answers at ${where}, the address in API. Start it there.`
    : `The connection to ${where} broke before it answered (${code ?? message}).`;
}

function sendProblem(response: ServerResponse, problem: Problem): void {
  if (response.destroyed) return;
  response.writeHead(problem.status, {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-cache",
  });
  response.end(JSON.stringify(problem));
}
