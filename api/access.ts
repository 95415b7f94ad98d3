import type { IncomingMessage, ServerResponse } from "node:http";
import { Refusal } from "./refusal.ts";

const exposed =
  "Tandem-Revision, Tandem-Changes, X-Total-Count, Link, ETag, Location, Idempotency-Replayed, Retry-After";

/**
 * Who may talk to us. A page of another site can make a browser send requests here: `Host` gives away
 * one that has bent a name of its own to our address (DNS rebinding), `Origin` any other.
 */
export interface Access {
  /** Throws a 403 `Refusal`. */
  check(req: IncomingMessage): void;
  /** Lets allowed origins read the answer; everybody else gets no CORS header at all. */
  mark(req: IncomingMessage, res: ServerResponse): void;
}

export function createAccess(options: {
  allowedHosts: readonly string[];
  allowedOrigins: readonly string[];
}): Access {
  const hosts = new Set(options.allowedHosts.map((host) => host.toLowerCase()));
  const origins = new Set(options.allowedOrigins);

  function isKnownHost(host: string): boolean {
    const name = host.replace(/:\d+$/, "").toLowerCase();
    const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(name);
    return loopback || hosts.has(name) || hosts.has(host.toLowerCase());
  }

  function isKnownOrigin(origin: string | undefined, host: string): boolean {
    if (origin === undefined || origins.has(origin)) return true;
    return /^https?:\/\//.test(origin) && origin.replace(/^https?:\/\//, "") === host;
  }

  return {
    check(req) {
      const { host, origin } = req.headers;
      if (!host || !isKnownHost(host)) {
        throw new Refusal(403, `This server does not answer to the host name "${host ?? ""}".`, {
          field: "Host",
        });
      }
      const isRead = req.method === "GET" || req.method === "HEAD";
      if (!isRead && !isKnownOrigin(origin, host)) {
        throw new Refusal(403, `Pages of "${origin}" may not write here.`, { field: "Origin" });
      }
    },
    mark(req, res) {
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
        "Content-Type, If-Match, If-None-Match, Idempotency-Key, Tandem-Origin, Last-Event-ID",
      );
    },
  };
}
