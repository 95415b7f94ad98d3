import compression from "compression";
import type { NextFunction, Request, Response } from "express";
import jsonServer from "json-server";
import type { Revision } from "#sync/http";
import type { Access } from "./access.ts";
import { Refusal } from "./refusal.ts";
import { newRequestId } from "./request-id.ts";
import { send } from "./send.ts";

/** Below this an answer fits into one packet anyway. */
const minBytes = 1_024;

export type Handle = (req: Request, res: Response, next: NextFunction) => void | Promise<void>;

/** An express app around one request handler: checks access first, and answers every error with a problem. */
export function createApp(
  handle: Handle,
  options: {
    access: Access;
    /** Lets the request of a signed-in person pass, or throws a `Refusal`. Without it nobody signs in. */
    guard?: ((req: Request) => Promise<void>) | undefined;
    /** Throws a 429 `Refusal` where a sender sends too much. */
    limit?: ((req: Request) => Promise<void>) | undefined;
    /** Of the rows that a request is about, if that is known by now. */
    revision: (req: Request) => Revision | undefined;
    log: (line: string) => void;
  },
) {
  const { access, guard, limit, revision, log } = options;

  function sendProblem(res: Response, error: unknown): void {
    const refusal = error instanceof Refusal ? error : failed(res, error);
    const { problem, headers } = refusal;
    send(res, { status: problem.status, body: problem, revision: revision(res.req), headers });
  }

  /** The person who sees the problem, and whoever reads the log, have one reference for it. */
  function failed(res: Response, error: unknown): Refusal {
    const id = String(res.getHeader("Request-Id") ?? newRequestId());
    log(`request ${id} failed: ${error instanceof Error ? error.stack : String(error)}`);
    return new Refusal(500, `The server failed on this request. Reference: ${id}`);
  }

  const app = jsonServer.create();
  app.set("etag", false).set("x-powered-by", false).set("query parser", false);
  // The change stream says `no-transform`, and is sent event by event.
  app.use(compression({ threshold: minBytes }));
  app.use(async (req: Request, res: Response) => {
    const onError = (error: unknown) => sendProblem(res, error);
    res.set("Cache-Control", "no-cache");
    try {
      access.setCorsHeaders(req, res);
      access.check(req);
      if (guard) await guard(req);
      if (limit) await limit(req);
      await handle(req, res, onError);
    } catch (error) {
      onError(error);
    }
  });
  return app;
}
