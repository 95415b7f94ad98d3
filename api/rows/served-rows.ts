import type { DerivedCounts } from "./derived-counts.ts";
import { type Document, type Entry, isServable, type Row } from "./document.ts";
import { isBuiltIn } from "./resources.ts";
import { toUtc } from "./time.ts";

// Each change makes a new entry, so the served row can be cached for as long as its entry lives.
// Accounts are not cached: their counts change while their entry stays.
const servedRows = new WeakMap<Entry, Row>();
const searchedRows = new WeakMap<Row, Row>();

/**
 * A row as responses and changes carry it: with `version`, an account also with its counts. A row of a
 * custom collection that stores a `version` of its own keeps it.
 */
export function toServedRow(
  resource: string,
  id: string,
  entry: Entry,
  derived: DerivedCounts,
): Row {
  if (resource === "accounts") return { ...entry.row, version: entry.version, ...derived.of(id) };
  const cached = servedRows.get(entry);
  if (cached) return cached;
  const { version } = entry;
  const { row } = entry;
  // A row edited by hand may have its time in another notation; lists are sorted by it as text.
  const at = resource === "activities" && { at: toUtc(String(row.at)) ?? row.at };
  const served = isBuiltIn(resource) ? { ...row, ...at, version } : { version, ...row };
  servedRows.set(entry, served);
  return served;
}

/**
 * The served row as json-server holds it. It filters and sorts by derived fields as by all others, but its
 * `q` searches only what can be enumerated: what a person has written. The JSON of a row and of its copies
 * has all fields.
 */
function toSearchedRow(stored: Row, served: Row): Row {
  const cached = searchedRows.get(served);
  if (cached) return cached;
  const isStored = ([name]: [string, unknown]) => Object.hasOwn(stored, name);
  const fields = Object.entries(served);
  const derived = fields
    .filter((field) => !isStored(field))
    .map(([name, value]) => [name, { value }]);
  // On the prototype, so that json-server's copies have it too.
  const toJSON = {
    value(this: Row) {
      return { ...served, ...this };
    },
  };
  const row = Object.create(
    Object.create(Object.prototype, { toJSON }),
    Object.fromEntries(derived),
  );
  Object.assign(row, Object.fromEntries(fields.filter(isStored)));
  searchedRows.set(served, row);
  return row;
}

/** The object that json-server reads from. Activities are sorted newest first. */
export function toServedDocument(
  document: Document,
  derived: DerivedCounts,
): Record<string, unknown> {
  const view: Record<string, unknown> = {};
  for (const [name, part] of document) {
    if (!isServable(name) || part.kind === "other") continue;
    if (part.kind === "singular") {
      view[name] = part.entry.row;
      continue;
    }
    const rows = Array.from(part.entries, ([id, entry]) =>
      toSearchedRow(entry.row, toServedRow(name, id, entry, derived)),
    );
    view[name] = name === "activities" ? rows.sort(newestFirst) : rows;
  }
  return view;
}

/** (`at`, `id`) descending, both compared as text, as json-server's `at_lte` compares them. */
function newestFirst(a: Row, b: Row): number {
  return descending(String(a.at), String(b.at)) || descending(String(a.id), String(b.id));
}

function descending(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? 1 : -1;
}
