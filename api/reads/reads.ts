import type { NextFunction, Request, Response } from "express";
import jsonServer from "json-server";
import type { RowStore, State } from "#api/engine/row-store.ts";
import { Refusal } from "#api/http/refusal.ts";
import { send } from "#api/http/send.ts";
import { type Document, isServable } from "#api/rows/document.ts";
import { serveDocument } from "#api/rows/served-rows.ts";
import { checkListQuery, checkRowQuery, isField } from "./check-query.ts";

/** json-server's door: it reads from an object in memory that follows the store. */
export interface Reads {
  /** `path` without the mount point: `[resource]`, `[resource, id]` or `[resource, id, nested]`. */
  handle(
    req: Request,
    res: Response,
    next: NextFunction,
    path: readonly string[],
    query: URLSearchParams,
  ): void;
  /** The whole of what is served. */
  view(): { body: unknown; revision: State };
}

/** `beforeAnswer` may put headers right: json-server's list handler sets a CORS header of its own. */
export function createReads(
  store: RowStore,
  beforeAnswer: (req: Request, res: Response) => void,
): Reads {
  let shown = show(store.state());

  function show(state: State) {
    const view = serveDocument(state.document);
    return { state, view, shape: shapeOf(view), router: createRouter(view) };
  }

  store.subscribe({
    changed() {
      const state = store.state();
      const view = serveDocument(state.document);
      // json-server lays its routes when it is made, so a new collection needs a new one.
      if (shapeOf(view) !== shown.shape) shown = show(state);
      else {
        shown.router.db.setState(view);
        shown = { ...shown, state, view };
      }
    },
  });

  function createRouter(view: object) {
    const router = jsonServer.router(view);
    // Its last layer answers errors with a stack trace; ours answers them with a problem.
    router.stack.pop();
    const render = (req: Request, res: Response) => {
      beforeAnswer(req, res);
      // The same task that read the rows, so this is their revision.
      const revision = shown.state;
      if (res.statusCode === 404) {
        const { problem } = new Refusal(404, "There is no such row.");
        send(res, { status: 404, body: problem, revision });
      } else send(res, { status: 200, body: res.locals.data, revision });
    };
    return Object.assign(router, { render });
  }

  return {
    handle(req, res, next, path, query) {
      const { document } = shown.state;
      const { target, isRow, filters } = route(document, path);
      if (isRow) checkRowQuery(document, query);
      else checkListQuery(document, target, query);
      for (const [name, value] of filters) query.append(name, value);
      const rest = path.length === 2 ? `/${encodeURIComponent(path[1] ?? "")}` : "";
      const search = query.size > 0 ? `?${query}` : "";
      req.url = `/${target}${rest}${search}`;
      // A body that came with a GET is nobody's: this keeps json-server's parser off it.
      Object.assign(req, { _body: true, body: {}, query: Object.fromEntries(entries(query)) });
      shown.router(req, res, next);
    },
    view: () => ({ body: shown.view, revision: shown.state }),
  };
}

function* entries(query: URLSearchParams): Generator<[string, string | string[]]> {
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    yield [name, values.length > 1 ? values : (values[0] ?? "")];
  }
}

/** `/accounts/acc-01/activities` is `/activities?accountId=acc-01`. */
function route(document: Document, path: readonly string[]) {
  const [resource = "", id = "", nested] = path;
  const part = partOf(document, resource);
  if (nested === undefined) {
    const isRow = path.length === 2 || part.kind === "singular";
    return { target: resource, isRow, filters: [] };
  }
  partOf(document, nested);
  const field = `${resource.replace(/ies$/, "y").replace(/s$/, "")}Id`;
  if (path.length > 3) throw new Refusal(404, `There is no /${path.join("/")}.`);
  const isParent = part.kind === "collection" && part.entries.has(id);
  if (!isParent || !isField(document, nested, field)) {
    throw new Refusal(404, `There is no /${path.join("/")}.`);
  }
  return { target: nested, isRow: false, filters: [[field, id] as const] };
}

function partOf(document: Document, name: string) {
  const part = isServable(name) ? document.get(name) : undefined;
  if (part && part.kind !== "other") return part;
  const names = [...document.keys()].filter((known) => isServable(known)).join(", ");
  throw new Refusal(404, `There is no resource "${name}". There are: ${names}.`);
}

function shapeOf(view: Record<string, unknown>): string {
  return JSON.stringify(Object.entries(view).map(([name, part]) => [name, Array.isArray(part)]));
}
