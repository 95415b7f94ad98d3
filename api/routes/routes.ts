import type { NextFunction, Request, Response } from "express";
import jsonServer from "json-server";
import type { RowStore } from "#api/engine/row-store.ts";
import type { CommitLoop } from "#api/file/commit-loop.ts";
import type { Access } from "#api/http/access.ts";
import type { Faults } from "#api/http/faults.ts";
import { readBody } from "#api/http/read-body.ts";
import { Refusal } from "#api/http/refusal.ts";
import { send } from "#api/http/send.ts";
import { parseQuery } from "#api/reads/check-query.ts";
import type { Reads } from "#api/reads/reads.ts";
import type { ChangeFeed } from "#api/stream/change-stream.ts";
import { handleWrite, methodsOf, notAllowed } from "./row-requests.ts";

const maxUrl = 4_096;

/** The way of a request: who asks, what for, and to whom it goes. Every error becomes a problem here. */
export function createHttp(parts: {
  store: RowStore;
  loop: CommitLoop;
  feed: ChangeFeed;
  reads: Reads;
  faults: Faults;
  allowFaults: boolean;
  access: Access;
  log: (line: string) => void;
}) {
  const { store, feed, reads, faults, access } = parts;

  async function route(req: Request, res: Response, next: NextFunction): Promise<void> {
    const { path, query } = parseUrl(req.url);
    const isRead = req.method === "GET" || req.method === "HEAD";
    const [first] = path;
    const { document } = store.state();
    const special = path.length === 1 ? specials.get(first ?? "") : undefined;
    const allowed = special?.methods ?? (path.length === 0 ? reading : methodsOf(document, path));
    if (req.method === "OPTIONS" && allowed) {
      sendOptions(res, allowed);
      return;
    }
    if (special) {
      if (!special.methods.includes(req.method)) throw notAllowed(req.method, special.methods);
      await special.answer(req, res, query);
      return;
    }
    if (path.length === 0) {
      throw new Refusal(404, "Nothing is here: try /accounts, /activities, /users or /changes.");
    }
    if (!isRead) {
      await handleWrite(req, res, path, parts);
      return;
    }
    await faults.pass(false);
    reads.handle(req, res, next, path, query);
  }

  const reading = ["GET", "HEAD", "OPTIONS"];
  const specials = new Map<string, { methods: string[]; answer: SpecialAnswer }>();
  specials.set("changes", { methods: reading, answer: (...all) => feed.handle(...all) });
  specials.set("status", {
    methods: reading,
    answer(_req, res) {
      const { epoch, rev } = store.state();
      const body = { epoch, head: rev, file: store.file() };
      send(res, { status: 200, body, revision: { epoch, rev } });
    },
  });
  specials.set("db", {
    methods: reading,
    async answer(_req, res) {
      await faults.pass(false);
      send(res, { status: 200, ...reads.view() });
    },
  });
  specials.set("faults", { methods: [...reading, "PATCH"], answer: answerFaults });

  async function answerFaults(req: Request, res: Response): Promise<void> {
    if (!parts.allowFaults) {
      throw new Refusal(403, "Faults are switched off here: start with TANDEM_FAULTS=1.");
    }
    const body = req.method === "PATCH" ? faults.change(await readBody(req)) : faults.settings();
    send(res, { status: 200, body, revision: store.state() });
  }

  function sendOptions(res: Response, methods: readonly string[]): void {
    const allow = methods.join(", ");
    send(res, { status: 204, body: "", revision: store.state(), headers: { Allow: allow } });
  }

  function fail(res: Response, error: unknown): void {
    if (!(error instanceof Refusal)) {
      parts.log(`a request failed: ${error instanceof Error ? error.stack : String(error)}`);
    }
    const refusal =
      error instanceof Refusal ? error : new Refusal(500, "The server failed at this.");
    const { problem, headers } = refusal;
    send(res, { status: problem.status, body: problem, revision: store.state(), headers });
  }

  function createApp(answer: (req: Request, res: Response, next: NextFunction) => Promise<void>) {
    const app = jsonServer.create();
    app.set("etag", false).set("x-powered-by", false).set("query parser", false);
    app.use((req: Request, res: Response) => {
      const onError = (error: unknown) => fail(res, error);
      res.set("Cache-Control", "no-cache");
      try {
        access.mark(req, res);
        access.check(req);
        answer(req, res, onError).catch(onError);
      } catch (error) {
        onError(error);
      }
    });
    return app;
  }

  return {
    serve: createApp(route),
    serveFaults: createApp(async (req, res) => {
      const methods = [...reading, "PATCH"];
      if (req.method === "OPTIONS") sendOptions(res, methods);
      else if (!methods.includes(req.method)) throw notAllowed(req.method, methods);
      else await answerFaults(req, res);
    }),
  };
}

type SpecialAnswer = (req: Request, res: Response, query: URLSearchParams) => void | Promise<void>;

function parseUrl(url: string): { path: string[]; query: URLSearchParams } {
  if (url.length > maxUrl) throw new Refusal(414, `The URL is longer than ${maxUrl} characters.`);
  const [rawPath = "", ...rest] = url.split("?");
  const query = parseQuery(rest.join("?"));
  const path = rawPath.split("/").filter((segment) => segment !== "");
  if (path[0] === "api") path.shift();
  try {
    return { path: path.map((segment) => decodeURIComponent(segment)), query };
  } catch {
    throw new Refusal(400, "The path has a malformed %-encoding.");
  }
}
