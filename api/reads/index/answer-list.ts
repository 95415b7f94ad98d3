import type { Request, Response } from "express";
import { cutPage } from "./cut-page.ts";
import { findItems } from "./find-items.ts";
import type { IndexedRows } from "./indexed-rows.ts";
import type { Item } from "./item.ts";
import { readListQuery } from "./list-query.ts";

/**
 * Finds what a list query asks for and sets the headers that json-server would. `null` when it is left to
 * json-server; then nothing is set.
 */
export function answerList(
  req: Request,
  res: Response,
  rows: IndexedRows,
  resource: string,
  query: URLSearchParams,
): readonly Item[] | null {
  const index = rows.of(resource);
  const asked = readListQuery(resource, query);
  // json-server filters by `_page` as well where a row has such a field.
  if (!index || !asked || (query.has("_page") && index.countField("_page") > 0)) return null;
  const { items, total, page } = cutPage(findItems(resource, index, asked), asked);
  if (total !== null) res.setHeader("X-Total-Count", total);
  if (page) {
    const url = `${req.protocol}://${req.get("host")}${req.originalUrl}`;
    const urls = Object.entries(page.links).map(([name, number]) => [
      name,
      url.replace(`page=${page.number}`, `page=${number}`),
    ]);
    res.links(Object.fromEntries(urls));
  }
  return items;
}
