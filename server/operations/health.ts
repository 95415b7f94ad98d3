import type { IncomingMessage, ServerResponse } from "node:http";
import { pathOf } from "#server/site.ts";

export interface HealthOptions {
  isDraining: () => boolean;
  /** Why this server's answers would be old, in one line. Null when they are not. */
  behind: () => string | null;
}

/**
 * `GET /healthz` says that the process answers; `GET /readyz` says whether it wants requests: 503 with the reason while it
 * drains or is behind its database. Whoever probes may name any `Host`, and learns nothing of the data. Returns whether
 * the request was one of them.
 */
export function createHealth({ isDraining, behind }: HealthOptions) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const path = pathOf(request);
    if (path !== "/healthz" && path !== "/readyz") return false;
    const why = path === "/healthz" ? null : isDraining() ? "shutting down" : behind();
    response.writeHead(why === null ? 200 : 503, {
      "Content-Type": "application/json",
      "Cache-Control": "no-store",
    });
    response.end(`${JSON.stringify(why === null ? { status: "ok" } : { status: "no", why })}\n`);
    return true;
  };
}
