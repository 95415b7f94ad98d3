import type { IncomingMessage, ServerResponse } from "node:http";
import { isLoopback } from "./loopback.ts";
import { Refusal } from "./refusal.ts";

const exposed =
  "Tandem-Revision, Tandem-Changes, X-Total-Count, Link, ETag, Location, Idempotency-Replayed, Retry-After";

/**
 * Restricts which pages may use the API, because any site can make a browser send requests here. `Host`
 * reveals a site that resolves its own name to this address (DNS rebinding), `Origin` every other one.
 */
export interface Access {
  /** Throws a 403 `Refusal` for an unknown `Host`, and for a write from an unknown `Origin`. */
  check(req: IncomingMessage): void;
  /** Sets CORS headers for allowed origins, and removes them for all others. */
  setCorsHeaders(req: IncomingMessage, res: ServerResponse): void;
}

export function createAccess(options: {
  allowedHosts: readonly string[];
  allowedOrigins: readonly string[];
}): Access {
  const hosts = new Set(options.allowedHosts.map((host) => host.toLowerCase()));
  const origins = new Set(options.allowedOrigins);

  function isKnownHost(host: string): boolean {
    const name = host.replace(/:\d+$/, "").toLowerCase();
    return isLoopback(name) || hosts.has(name) || hosts.has(host.toLowerCase());
  }

  function isKnownOrigin(origin: string | undefined, host: string): boolean {
    if (origin === undefined || origins.has(origin)) return true;
    return /^https?:\/\//.test(origin) && origin.replace(/^https?:\/\//, "") === host;
  }

  return {
    check(req) {
      const { host, origin } = req.headers;
      if (!host || !isKnownHost(host)) {
        throw new Refusal(403, `The host name "${host ?? ""}" is not allowed here.`, {
          field: "Host",
        });
      }
      const isRead = req.method === "GET" || req.method === "HEAD";
      if (!isRead && !isKnownOrigin(origin, host)) {
        throw new Refusal(403, `Pages of the origin "${origin}" may not write here.`, {
          field: "Origin",
        });
      }
    },
    setCorsHeaders(req, res) {
      const { origin } = req.headers;
      if (origins.size > 0) res.setHeader("Vary", "Origin");
      if (origin === undefined || !origins.has(origin)) {
        res.removeHeader("Access-Control-Expose-Headers");
        return;
      }
      res.setHeader("Access-Control-Allow-Origin", origin);
      res.setHeader("Access-Control-Expose-Headers", exposed);
      if (req.method !== "OPTIONS") return;
      res.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
      res.setHeader(
        "Access-Control-Allow-Headers",
        "Content-Type, If-Match, If-None-Match, Idempotency-Key, Tandem-Age, Tandem-Origin, Tandem-User, Last-Event-ID",
      );
    },
  };
}
