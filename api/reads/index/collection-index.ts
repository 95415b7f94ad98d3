import type { Entry } from "#api/rows/document.ts";
import { bySort, createItem, type Item, orderOf } from "./item.ts";
import { leavesOf, separator } from "./row-text.ts";
import { replaceItem } from "./sorted-items.ts";
import { createTextIndex, type TextIndex } from "./text-index.ts";

/** Orders by `_sort`, and searches, that are kept. Each costs a pointer per row at most. */
const maxKept = 8;

/**
 * The rows of one collection, found by index. Each index is made when it is first asked for, and then follows the
 * rows: a change costs a search in each.
 */
export interface CollectionIndex {
  get(id: string): Item | undefined;
  /** In the order of lists without `_sort`. */
  rows(): readonly Item[];
  /** Those whose field has the value, as text, in the same order. */
  equal(field: string, value: string): readonly Item[];
  sorted(fields: readonly string[], orders: readonly string[]): readonly Item[];
  /** Whether the text of a row contains `part`, which is in lower case and has no `separator`. */
  contains(item: Item, part: string): boolean;
  /** All rows that contain it, in the order of lists, by an index of all texts. */
  withText(part: string): readonly Item[];
  /** How many rows have a field of their own with this name. */
  countField(field: string): number;
  /** A row was put in place, or removed. */
  put(id: string, after: Entry | undefined): void;
  /** What is derived of a row has changed. */
  derive(id: string): void;
  /** Whether so many rows were removed that the index is better made anew: numbers of rows are not used again. */
  isSparse(): boolean;
}

interface Order {
  readonly fields: readonly string[];
  readonly items: Item[];
  readonly compare: ReturnType<typeof bySort>;
}

interface FieldIndex {
  readonly byValue: Map<string, Item[]>;
  /** How many rows have the field, if only as null. */
  count: number;
}

export function createCollectionIndex(
  resource: string,
  entries: ReadonlyMap<string, Entry>,
  /** `lastActivityAt` of a row, as it is now. */
  latestOf: (id: string) => string = () => "",
): CollectionIndex {
  const items = new Map<string, Item>();
  const compare = orderOf(resource);
  const orders = new Map<string, Order>();
  const fields = new Map<string, FieldIndex>();
  const searches = new Map<string, Item[]>();
  let text: TextIndex | undefined;
  let nextPlace = 0;

  for (const [id, entry] of entries)
    items.set(id, createItem(resource, id, entry, nextPlace++, latestOf(id)));
  const byPlace: (Item | undefined)[] = [...items.values()];
  const rows = [...items.values()].sort(compare);

  function fieldIndex(field: string): FieldIndex {
    const known = fields.get(field);
    if (known) return known;
    const index: FieldIndex = { byValue: new Map(), count: 0 };
    for (const item of rows) {
      if (Object.hasOwn(item.entry.row, field)) index.count += 1;
      const value = valueIn(item, field);
      if (value === undefined) continue;
      const same = index.byValue.get(value);
      if (same) same.push(item);
      else index.byValue.set(value, [item]);
    }
    fields.set(field, index);
    return index;
  }

  function moveInField(field: string, index: FieldIndex, before?: Item, after?: Item): void {
    const has = (item: Item | undefined) =>
      Number(item !== undefined && Object.hasOwn(item.entry.row, field));
    index.count += has(after) - has(before);
    const [from, to] = [before, after].map((item) => item && valueIn(item, field));
    if (from === to && from !== undefined) {
      replaceItem(index.byValue.get(from) ?? [], before, after, compare);
      return;
    }
    if (from !== undefined) {
      const same = index.byValue.get(from) ?? [];
      replaceItem(same, before, undefined, compare);
      if (same.length === 0) index.byValue.delete(from);
    }
    if (to !== undefined) {
      const same = index.byValue.get(to) ?? [];
      replaceItem(same, undefined, after, compare);
      index.byValue.set(to, same);
    }
  }

  const leaves = ({ entry }: Item) => leavesOf(resource, entry.row);

  function textOf(item: Item): string {
    item.text ??= leaves(item).join(separator);
    return item.text;
  }

  function allTexts(): TextIndex {
    if (text) return text;
    text = createTextIndex();
    for (const item of rows) text.set(item.place, leaves(item));
    return text;
  }

  function search(part: string): Item[] {
    const { numbers, isExact } = allTexts().find(part);
    const found: Item[] = [];
    for (const number of numbers) {
      const item = byPlace[number];
      if (item && (isExact || textOf(item).includes(part))) found.push(item);
    }
    return resource === "activities" ? found.sort(compare) : found;
  }

  function moveInSearches(before: Item | undefined, after: Item | undefined): void {
    for (const [part, found] of searches) {
      const [from, to] = [before, after].map((item) =>
        item && textOf(item).includes(part) ? item : undefined,
      );
      replaceItem(found, from, to, compare);
    }
  }

  return {
    get: (id) => items.get(id),
    rows: () => rows,
    equal: (field, value) => fieldIndex(field).byValue.get(value) ?? [],
    sorted(names, directions) {
      const key = JSON.stringify([names, directions]);
      const order = orders.get(key) ?? {
        fields: names,
        items: [],
        compare: bySort(names, directions, compare),
      };
      if (!orders.has(key)) order.items.push(...rows);
      if (!orders.has(key)) order.items.sort(order.compare);
      keep(orders, key, order);
      return order.items;
    },
    contains: (item, part) => textOf(item).includes(part),
    withText(part) {
      const found = searches.get(part) ?? search(part);
      keep(searches, part, found);
      return found;
    },
    countField: (field) => fieldIndex(field).count,
    put(id, entry) {
      const before = items.get(id);
      const place = before?.place ?? nextPlace++;
      const after = entry && createItem(resource, id, entry, place, latestOf(id));
      if (after) items.set(id, after);
      else items.delete(id);
      byPlace[place] = after;
      replaceItem(rows, before, after, compare);
      moveInSearches(before, after);
      for (const order of orders.values()) replaceItem(order.items, before, after, order.compare);
      for (const [field, index] of fields) moveInField(field, index, before, after);
      if (before) text?.set(before.place, leaves(before), false);
      if (after) text?.set(after.place, leaves(after));
    },
    derive(id) {
      const item = items.get(id);
      if (!item || item.latest === latestOf(id)) return;
      const moved = [...orders.values()].filter(({ fields }) => fields.includes("lastActivityAt"));
      for (const order of moved) replaceItem(order.items, item, undefined, order.compare);
      item.latest = latestOf(id);
      for (const order of moved) replaceItem(order.items, undefined, item, order.compare);
    },
    isSparse: () => nextPlace > 2 * items.size + 1_000,
  };
}

/** Keeps what was asked for last. */
function keep<T>(kept: Map<string, T>, key: string, value: T): void {
  kept.delete(key);
  kept.set(key, value);
  if (kept.size > maxKept) kept.delete(kept.keys().next().value ?? "");
}

/** The value of a field as filters compare it. */
function valueIn({ entry }: Item, field: string): string | undefined {
  const value = entry.row[field];
  return value === undefined || value === null ? undefined : String(value);
}
