import type { NextFunction, Request, Response } from "express";
import jsonServer from "json-server";
import type { RowStore, State } from "#api/engine/row-store.ts";
import { Refusal } from "#api/http/refusal.ts";
import { send } from "#api/http/send.ts";
import type { Row } from "#api/rows/document.ts";
import { toServedDocument } from "#api/rows/served-rows.ts";
import { toUtc } from "#api/rows/time.ts";
import { checkListQuery, checkRowQuery } from "./check-query.ts";
import { findTarget } from "./find-target.ts";

/** Reads by json-server, from an object in memory that follows the store. */
export interface Reads {
  /** `path` without the mount point: `[resource]`, `[resource, id]` or `[resource, id, nested]`. */
  handle(
    req: Request,
    res: Response,
    next: NextFunction,
    path: readonly string[],
    query: URLSearchParams,
  ): void;
  /** Everything that is served. */
  all(): { body: unknown; revision: State };
}

/**
 * `beforeAnswer` may correct headers: json-server's list handler sets a CORS header of its own. `publicOrigin`
 * is that of the URLs in `Link`; by default the one that the request names.
 */
export function createReads(
  store: RowStore,
  beforeAnswer: (req: Request, res: Response) => void,
  publicOrigin?: string,
): Reads {
  let current = load(store.state());

  function load(state: State) {
    const served = toServedDocument(state.document, store.counts);
    return { state, served, shape: shapeOf(served), router: createRouter(served) };
  }

  store.subscribe({
    changed() {
      const state = store.state();
      const served = toServedDocument(state.document, store.counts);
      // json-server creates its routes with the router, so a new collection needs a new router.
      if (shapeOf(served) !== current.shape) current = load(state);
      else {
        current.router.db.setState(served);
        current = { ...current, state, served };
      }
    },
  });

  function createRouter(served: object) {
    const router = jsonServer.router(served);
    // lodash-id's own fails on a row whose reference is missing or null. Such a row has no parent.
    mixin(router.db, { getById: findRow });
    // Its last layer answers errors with a stack trace; ours answers them with a problem.
    router.stack.pop();
    const render = (req: Request, res: Response) => {
      beforeAnswer(req, res);
      const link = res.getHeader("Link");
      if (publicOrigin !== undefined && typeof link === "string") {
        res.setHeader("Link", link.replaceAll(/<https?:\/\/[^/]*/g, `<${publicOrigin}`));
      }
      // Rendered in the task that read the rows, so this is the revision of the rows.
      const revision = current.state;
      if (res.statusCode === 404) {
        const { problem } = new Refusal(404, "There is no such row.");
        send(res, { status: 404, body: problem, revision });
      } else send(res, { status: 200, body: res.locals.data, revision });
    };
    return Object.assign(router, { render });
  }

  return {
    handle(req, res, next, path, query) {
      const { document } = current.state;
      const { resource, id, isRow, filter } = findTarget(document, path);
      if (isRow) checkRowQuery(document, resource, query);
      else checkListQuery(document, resource, query);
      if (filter) query.set(...filter);
      if (resource === "activities") normaliseTimes(query);
      const rest = id === undefined ? "" : `/${encodeURIComponent(id)}`;
      const search = query.size > 0 ? `?${query}` : "";
      req.url = `/${resource}${rest}${search}`;
      // `_body` marks the body as parsed, so json-server does not parse the body of a GET.
      Object.assign(req, { _body: true, body: {}, query: Object.fromEntries(entries(query)) });
      current.router(req, res, next);
    },
    all: () => ({ body: current.served, revision: current.state }),
  };
}

function findRow(rows: readonly Row[], id: unknown): Row | undefined {
  if (id === undefined || id === null) return undefined;
  return rows.find((row) => String(row.id) === String(id));
}

/** Replaces functions of the lodash that belongs to the database. Its types do not name it. */
function mixin(db: object, functions: Readonly<Record<string, unknown>>): void {
  (db as { _: { mixin(functions: object): void } })._.mixin(functions);
}

/** Times are compared as text, in the notation in which they are served. */
function normaliseTimes(query: URLSearchParams): void {
  for (const name of ["at", "at_gte", "at_lte", "at_ne"]) {
    const times = query.getAll(name).map((text) => toUtc(text) ?? text);
    query.delete(name);
    for (const time of times) query.append(name, time);
  }
}

function* entries(query: URLSearchParams): Generator<[string, string | string[]]> {
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    yield [name, values.length > 1 ? values : (values[0] ?? "")];
  }
}

function shapeOf(served: Record<string, unknown>): string {
  return JSON.stringify(Object.entries(served).map(([name, part]) => [name, Array.isArray(part)]));
}
