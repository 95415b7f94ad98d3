import type { NextFunction, Request, Response } from "express";
import jsonServer from "json-server";
import type { RowStore } from "#api/engine/row-store.ts";
import { type Document, isServable, type Row } from "#api/rows/document.ts";
import { toSearchedRows } from "#api/rows/served-rows.ts";

/** json-server's own router, on an object in memory whose collections are made when a request reads them. */
export type PlainReads = (req: Request, res: Response, next: NextFunction) => void;

/** `render` is called in the task that read the rows, with the data in `res.locals`. */
export function createPlainReads(
  store: RowStore,
  render: (req: Request, res: Response) => void,
): PlainReads {
  let made = new Map<string, readonly Row[]>();
  let shape = shapeOf(store.state().document);
  let router = createRouter();

  // Dropped, not adjusted: few requests need json-server, and what it searches is several times the size of the rows.
  store.subscribe({
    changed() {
      made = new Map();
    },
  });

  function rowsOf(resource: string): readonly Row[] {
    const known = made.get(resource);
    if (known) return known;
    const rows = toSearchedRows(store.state().document, resource, store.counts);
    made.set(resource, rows);
    return rows;
  }

  /** An object whose properties read the present rows. */
  function present(): object {
    const view = {};
    for (const [name, isCollection] of shape) {
      const get = () => {
        if (isCollection) return rowsOf(name);
        const part = store.state().document.get(name);
        return part?.kind === "singular" ? part.entry.row : undefined;
      };
      Object.defineProperty(view, name, { get, enumerable: true });
    }
    return view;
  }

  function createRouter() {
    // It creates its routes by what is there, which needs no rows.
    const empty = shape.map(([name, isCollection]) => [name, isCollection ? [] : {}]);
    const created = jsonServer.router(Object.fromEntries(empty) as object);
    created.db.setState(present());
    // lodash-id's own fails on a row whose reference is missing or null. Such a row has no parent.
    mixin(created.db, { getById: findRow });
    // Its last layer answers errors with a stack trace; ours answers them with a problem.
    created.stack.pop();
    return Object.assign(created, { render });
  }

  return (req, res, next) => {
    const now = shapeOf(store.state().document);
    // json-server creates its routes with the router, so a new collection needs a new router.
    if (JSON.stringify(now) !== JSON.stringify(shape)) {
      shape = now;
      router = createRouter();
    }
    router(req, res, next);
  };
}

/** The names of what is served, and whether each is a collection. */
function shapeOf(document: Document): [name: string, isCollection: boolean][] {
  return [...document]
    .filter(([name, part]) => isServable(name) && part.kind !== "other")
    .map(([name, part]) => [name, part.kind === "collection"]);
}

function findRow(rows: readonly Row[], id: unknown): Row | undefined {
  if (id === undefined || id === null) return undefined;
  return rows.find((row) => String(row.id) === String(id));
}

/** Replaces functions of the lodash that belongs to the database. Its types do not name it. */
function mixin(db: object, functions: Readonly<Record<string, unknown>>): void {
  (db as { _: { mixin(functions: object): void } })._.mixin(functions);
}
