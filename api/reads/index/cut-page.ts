import type { Piece } from "./find-items.ts";
import type { Item } from "./item.ts";
import type { ListQuery } from "./list-query.ts";

export interface CutPage {
  readonly items: readonly Item[];
  /** `X-Total-Count`, where the query asks for a part of the list. */
  readonly total: number | null;
  /** Where the query asks for a page: its number, and those that `Link` names, by relation. */
  readonly page?: { readonly number: number; readonly links: Readonly<Record<string, number>> };
}

/** Cuts what a query asks for out of all that it finds, as json-server does: `_page` before `_end` before `_limit`. */
export function cutPage({ items, from, to }: Piece, { part }: ListQuery): CutPage {
  const total = to - from;
  const slice = (start: number, end: number) =>
    items.slice(Math.min(to, from + start), Math.min(to, from + end));
  if (part._page !== null) {
    const page = Number(part._page);
    const size = Number(part._limit ?? 10);
    const found = slice((page - 1) * size, page * size);
    return {
      items: found,
      total,
      page: { number: page, links: linksOf(found.length, total, page, size) },
    };
  }
  const start = Number(part._start ?? 0);
  if (part._end !== null) return { items: slice(start, Number(part._end)), total };
  if (part._limit !== null) return { items: slice(start, start + Number(part._limit)), total };
  return { items: slice(0, total), total: null };
}

function linksOf(found: number, total: number, page: number, size: number) {
  if (found === 0) return {};
  return {
    ...(found !== total && { first: 1 }),
    ...(page > 1 && { prev: page - 1 }),
    ...(page * size < total && { next: page + 1 }),
    ...(found !== total && { last: Math.ceil(total / size) }),
  };
}
