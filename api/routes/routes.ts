import type { NextFunction, Request, Response } from "express";
import type { Engine } from "#api/engine/engine.ts";
import type { Handle } from "#api/http/create-app.ts";
import type { Faults } from "#api/http/faults.ts";
import { readMethods } from "#api/http/is-reading.ts";
import { parseUrl } from "#api/http/parse-url.ts";
import { readBody } from "#api/http/read-body.ts";
import { Refusal } from "#api/http/refusal.ts";
import { send } from "#api/http/send.ts";
import { senderOf } from "#api/http/who.ts";
import type { PresenceList } from "#api/presence/presence-list.ts";
import { createPresenceRoute } from "#api/presence/presence-route.ts";
import { historyOf, sendHistory } from "#api/reads/history-route.ts";
import { createOverviewRoute } from "#api/reads/overview-route.ts";
import type { Reads } from "#api/reads/reads.ts";
import { whyNotServed } from "#api/rows/document.ts";
import type { ChangeStream } from "#api/stream/change-stream.ts";
import { toNodeHandler } from "#sync/server";
import { handleBatch, handleWrite, methodsOf, notAllowed } from "./row-requests.ts";

interface FixedRoute {
  readonly methods: readonly string[];
  readonly handle: (req: Request, res: Response, query: URLSearchParams) => void | Promise<void>;
}

/** Dispatches requests: fixed paths first, then reads and writes of rows. `faults` serves only the fault settings. */
export function createRoutes(parts: {
  engine: Engine;
  changes: ChangeStream;
  presence: PresenceList;
  reads: Reads;
  faults: Faults;
  allowFaults: boolean;
}): { api: Handle; faults: Handle } {
  const { engine, changes, reads, faults } = parts;
  const { store } = engine;
  const sendOverview = createOverviewRoute(store);

  const faultsRoute: FixedRoute = {
    methods: [...readMethods, "PATCH"],
    async handle(req, res) {
      if (!parts.allowFaults) {
        throw new Refusal(403, "Faults are disabled: start the server with TANDEM_FAULTS=1.");
      }
      if (req.method === "PATCH") checkFaultsSender(req);
      const body = req.method === "PATCH" ? faults.change(await readBody(req)) : faults.settings();
      send(res, { status: 200, body, revision: store.state() });
    },
  };

  /** At the origin of the API no page may set faults; a program, which names no origin, may. */
  function refusePages(req: Request, res: Response, query: URLSearchParams): void | Promise<void> {
    if (req.method === "PATCH" && req.get("Origin") !== undefined) {
      throw new Refusal(403, "Only the shell may set faults.", { field: "Origin" });
    }
    return faultsRoute.handle(req, res, query);
  }

  const fixedRoutes = new Map<string, FixedRoute>([
    [
      "batch",
      {
        methods: ["OPTIONS", "POST"],
        handle: (req, res) => handleBatch(req, res, { engine, faults }),
      },
    ],
    [
      "changes",
      {
        methods: readMethods,
        handle(req, res) {
          const answer = toNodeHandler(async (request) => {
            const stream = await changes.handle(request, senderOf(req));
            return parts.allowFaults ? faults.hold(stream) : stream;
          });
          return answer(req, res, (error) => {
            throw error;
          });
        },
      },
    ],
    [
      "presence",
      { methods: [...readMethods, "POST"], handle: createPresenceRoute(parts.presence, store) },
    ],
    ["faults", { ...faultsRoute, handle: refusePages }],
    [
      "overview",
      {
        methods: readMethods,
        async handle(_req, res, query) {
          await faults.inject("read");
          sendOverview(res, query);
        },
      },
    ],
    [
      "status",
      {
        methods: readMethods,
        handle(_req, res) {
          const { epoch, rev } = store.state();
          const body = { epoch, head: rev, file: store.file() };
          send(res, { status: 200, body, revision: { epoch, rev } });
        },
      },
    ],
    [
      "db",
      {
        methods: readMethods,
        async handle(_req, res) {
          await faults.inject("read");
          send(res, { status: 200, ...reads.all() });
        },
      },
    ],
  ]);

  function checkFaultsSender(req: Request): void {
    if (req.get("Tandem-Faults") === undefined) {
      const detail = "Send the header Tandem-Faults: 1, which the form of a page cannot send.";
      throw new Refusal(403, detail, { field: "Tandem-Faults" });
    }
  }

  function sendOptions(res: Response, methods: readonly string[]): void {
    const allow = methods.join(", ");
    send(res, { status: 204, body: "", revision: store.state(), headers: { Allow: allow } });
  }

  async function handleFixed(
    { methods, handle }: FixedRoute,
    req: Request,
    res: Response,
    { name = "", query = new URLSearchParams() } = {},
  ): Promise<void> {
    if (req.method === "OPTIONS") sendOptions(res, methods);
    else if (!methods.includes(req.method)) {
      const hidden = store.state().document.has(name) ? whyNotServed(name) : null;
      throw notAllowed(req.method, methods, hidden);
    } else await handle(req, res, query);
  }

  function historyRoute(accountId: string): FixedRoute {
    return {
      methods: readMethods,
      async handle(_req, res, query) {
        await faults.inject("read");
        await sendHistory(engine, accountId, query, res);
      },
    };
  }

  async function handleRows(
    req: Request,
    res: Response,
    next: NextFunction,
    path: readonly string[],
    query: URLSearchParams,
  ): Promise<void> {
    const methods = path.length === 0 ? readMethods : methodsOf(store.state().document, path);
    if (req.method === "OPTIONS" && methods) {
      sendOptions(res, methods);
      return;
    }
    if (path.length === 0) {
      throw new Refusal(
        404,
        "There is nothing at /: try /accounts, /activities, /users or /changes.",
      );
    }
    if (req.method !== "GET" && req.method !== "HEAD") {
      await handleWrite(req, res, path, { engine, faults });
      return;
    }
    await faults.inject("read");
    reads.handle(req, res, next, path, query);
  }

  return {
    async api(req, res, next) {
      const { path, query } = parseUrl(req.url);
      const [name = ""] = path;
      const accountId = historyOf(path);
      const fixed =
        accountId === null ? path.length === 1 && fixedRoutes.get(name) : historyRoute(accountId);
      if (fixed) await handleFixed(fixed, req, res, { name, query });
      else await handleRows(req, res, next, path, query);
    },
    // Access has refused every origin but the shell's own.
    faults: (req, res) => handleFixed(faultsRoute, req, res),
  };
}
