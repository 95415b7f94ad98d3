import type { CollectionIndex } from "./collection-index.ts";
import { bySort, type Item, orderOf } from "./item.ts";
import type { ListQuery } from "./list-query.ts";
import { countBefore } from "./sorted-items.ts";

/** A piece of an array that is sorted already: from `from`, before `to`. */
export interface Piece {
  readonly items: readonly Item[];
  readonly from: number;
  readonly to: number;
}

interface Condition {
  test(item: Item): boolean;
  /** Exactly the rows that pass, in the order of lists, where an index has them. */
  readonly items?: readonly Item[];
}

/** All rows that a query finds, in its order. */
export function findItems(resource: string, index: CollectionIndex, query: ListQuery): Piece {
  const conditions = conditionsOf(resource, index, query);
  const all = { test: () => true, items: index.rows() };
  const few = smallest(conditions, all);
  if (query.text !== "") {
    const test = (item: Item) => index.contains(item, query.text);
    // Where another index leaves few rows, each is looked at.
    const isNarrow = few !== all;
    conditions.push(isNarrow ? { test } : { test, items: index.withText(query.text) });
  }
  const best = smallest(conditions, all);
  const piece = inTime(best.items ?? [], query);
  const size = piece.to - piece.from;
  const rest = conditions.filter((each) => each !== best);
  if (!query.sort) return filter(piece, rest);

  const { fields, orders } = query.sort;
  // Sorting few rows is faster than a walk through all.
  if (size * 16 < index.rows().length) {
    const { items, from, to } = filter(piece, rest);
    return whole(items.slice(from, to).sort(bySort(fields, orders, orderOf(resource))));
  }
  const inSpan = { test: (item: Item) => isInTime(item, query) };
  return filter(whole(index.sorted(fields, orders)), best === all ? rest : [best, inSpan, ...rest]);
}

function conditionsOf(resource: string, index: CollectionIndex, query: ListQuery): Condition[] {
  const conditions: Condition[] = [];
  for (const [field, values] of query.equal) {
    // json-server takes no notice of a filter by a field that no row has.
    if (index.countField(field) === 0) continue;
    const [value = "", ...others] = values;
    const test = ({ entry: { row } }: Item) => {
      const own = row[field];
      return own !== null && own !== undefined && values.includes(String(own));
    };
    conditions.push(others.length > 0 ? { test } : { test, items: index.equal(field, value) });
  }
  if (query.ids) {
    const ids = new Set(query.ids);
    const items = [...ids].flatMap((id) => index.get(id) ?? []).sort(orderOf(resource));
    conditions.push({ test: ({ id }) => ids.has(id), items });
  }
  for (const { field, from, to } of query.ranges) {
    const test = ({ entry: { row } }: Item) => {
      const own = row[field];
      if (own === undefined || own === null) return false;
      return (from === "" || String(own) >= from) && (to === "" || String(own) <= to);
    };
    conditions.push({ test });
  }
  if (query.nameLike !== null) {
    const pattern = new RegExp(query.nameLike, "i");
    // A look at each name: 20,000 take a millisecond or two.
    const test = ({ entry: { row } }: Item) =>
      row.name !== undefined && row.name !== null && pattern.test(String(row.name));
    conditions.push({ test });
  }
  return conditions;
}

function smallest(conditions: readonly Condition[], all: Condition): Condition {
  return conditions.reduce((least, next) => (sizeOf(next) < sizeOf(least) ? next : least), all);
}

function sizeOf({ items }: Condition): number {
  return items ? items.length : Number.POSITIVE_INFINITY;
}

function isInTime({ at }: Item, { atLeast, atMost }: ListQuery): boolean {
  return (atLeast === null || at >= atLeast) && (atMost === null || at <= atMost);
}

/** Newest first. */
function inTime(items: readonly Item[], { atLeast, atMost }: ListQuery): Piece {
  const from = atMost === null ? 0 : countBefore(items, ({ at }) => at <= atMost);
  const to = atLeast === null ? items.length : countBefore(items, ({ at }) => at < atLeast);
  return { items, from, to: Math.max(from, to) };
}

function whole(items: readonly Item[]): Piece {
  return { items, from: 0, to: items.length };
}

function filter(piece: Piece, conditions: readonly Condition[]): Piece {
  if (conditions.length === 0) return piece;
  const found: Item[] = [];
  for (let at = piece.from; at < piece.to; at += 1) {
    const item = piece.items[at] as Item;
    if (conditions.every((condition) => condition.test(item))) found.push(item);
  }
  return whole(found);
}
