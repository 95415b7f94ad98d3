import type { NextFunction, Request, Response } from "express";
import type { RowStore, State } from "#api/engine/row-store.ts";
import { Refusal } from "#api/http/refusal.ts";
import { send } from "#api/http/send.ts";
import { toServedDocument, toServedRow } from "#api/rows/served-rows.ts";
import { toUtc } from "#api/rows/time.ts";
import { checkListQuery, checkRowQuery } from "./check-query.ts";
import { findTarget, type Target } from "./find-target.ts";
import { answerList } from "./index/answer-list.ts";
import { createIndexedRows } from "./index/indexed-rows.ts";
import type { Item } from "./index/item.ts";
import { createPlainReads } from "./plain-reads.ts";

/** Reads by index, and by json-server what no index answers. */
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
 * is that of the URLs in `Link`; by default the one that the request names. With `useIndexes` false json-server
 * answers everything: for comparison.
 */
export function createReads(
  store: RowStore,
  beforeAnswer: (req: Request, res: Response) => void,
  { publicOrigin, useIndexes = true }: { publicOrigin?: string; useIndexes?: boolean } = {},
): Reads {
  const rows = createIndexedRows(store);
  const readPlainly = createPlainReads(store, render);

  function render(req: Request, res: Response): void {
    beforeAnswer(req, res);
    const link = res.getHeader("Link");
    if (publicOrigin !== undefined && typeof link === "string") {
      res.setHeader("Link", link.replaceAll(/<https?:\/\/[^/]*/g, `<${publicOrigin}`));
    }
    // Rendered in the task that read the rows, so this is the revision of the rows.
    const revision = store.state();
    if (res.statusCode === 404) {
      const { problem } = new Refusal(404, "There is no such row.");
      send(res, { status: 404, body: problem, revision });
    } else send(res, { status: 200, body: res.locals.data, revision });
  }

  /** What an index finds, or `undefined`. */
  function find(req: Request, res: Response, target: Target, query: URLSearchParams): unknown {
    const { resource, id, isRow } = target;
    const serve = (item: Item) => toServedRow(resource, item.id, item.entry, store.counts);
    if (!isRow) return answerList(req, res, rows, resource, query)?.map(serve);
    const index = rows.of(resource);
    if (!index || id === undefined || query.size > 0) return undefined;
    const item = index.get(id);
    if (item) return serve(item);
    res.status(404);
    return {};
  }

  return {
    handle(req, res, next, path, query) {
      const { document } = store.state();
      const target = findTarget(document, path);
      const { resource, id, isRow, filter } = target;
      if (isRow) checkRowQuery(document, resource, query);
      else checkListQuery(document, resource, query);
      if (filter) query.set(...filter);
      if (resource === "activities") normaliseTimes(query);
      const found = useIndexes ? find(req, res, target, query) : undefined;
      if (found !== undefined) {
        res.locals.data = found;
        render(req, res);
        return;
      }
      const rest = id === undefined ? "" : `/${encodeURIComponent(id)}`;
      const search = query.size > 0 ? `?${query}` : "";
      req.url = `/${resource}${rest}${search}`;
      // `_body` marks the body as parsed, so json-server does not parse the body of a GET.
      Object.assign(req, { _body: true, body: {}, query: Object.fromEntries(entries(query)) });
      readPlainly(req, res, next);
    },
    all() {
      const state = store.state();
      return { body: toServedDocument(state.document, store.counts), revision: state };
    },
  };
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
