import type { Entry } from "#api/rows/document.ts";
import { servedTime } from "#api/rows/time.ts";

/** A row as an index holds it. Each change of the row makes a new one. */
export interface Item {
  readonly id: string;
  readonly entry: Entry;
  /** Its place in the order of the file, and its number in the text index. Not used again while the index lives. */
  readonly place: number;
  /** The time of an activity as it is served, or "". */
  readonly at: string;
  /** Of an account: `lastActivityAt`. The index moves the row before it changes. */
  latest: string;
  /** What searches look at, made when one does. */
  text?: string;
}

export type Compare = (a: Item, b: Item) => number;

export function createItem(
  resource: string,
  id: string,
  entry: Entry,
  place: number,
  latest: string,
): Item {
  const at = resource === "activities" ? String(servedTime(entry.row)) : "";
  return { id, entry, place, at, latest };
}

/** The order of lists without `_sort`: that of the file, and of activities (`at`, `id`) descending, both as text. */
export function orderOf(resource: string): Compare {
  if (resource !== "activities") return (a, b) => a.place - b.place;
  return (a, b) => compare(b.at, a.at) || compare(b.id, a.id);
}

/** As `_sort` of json-server compares texts, or numbers: what is missing comes last. */
export function bySort(
  fields: readonly string[],
  orders: readonly string[],
  rest: Compare,
): Compare {
  const keys = fields.map((field, at) => ({ field, sign: orders[at] === "desc" ? -1 : 1 }));
  return (a, b) => {
    for (const { field, sign } of keys) {
      const result = compare(valueIn(a, field), valueIn(b, field));
      if (result !== 0) return result * sign;
    }
    return rest(a, b);
  };
}

const valueIn = ({ entry, latest }: Item, field: string) =>
  field === "lastActivityAt" ? latest : entry.row[field];

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  if (isMissing(a) || isMissing(b)) return rankOf(a) - rankOf(b);
  return (a as string) < (b as string) ? -1 : 1;
}

const isMissing = (value: unknown) => value === null || value === undefined;
const rankOf = (value: unknown) => (value === undefined ? 2 : Number(value === null));
