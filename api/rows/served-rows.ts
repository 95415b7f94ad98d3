import type { DerivedCounts } from "./derived-counts.ts";
import { type Document, type Entry, entriesOf, isServable, type Row } from "./document.ts";
import { isBuiltIn } from "./resources.ts";
import { servedTime } from "./time.ts";

/**
 * A row as responses and changes carry it: with `version`, an account also with its counts. A row of a
 * custom collection that stores a `version` of its own keeps it.
 */
export function toServedRow(
  resource: string,
  id: string,
  entry: Entry,
  derived: Pick<DerivedCounts, "of">,
): Row {
  const { row, version } = entry;
  if (!isBuiltIn(resource)) return { version, ...row };
  if (resource === "accounts") return { ...row, version, ...derived.of(id) };
  return { ...row, ...(resource === "activities" && { at: servedTime(row) }), version };
}

/**
 * The served row as json-server holds it. It filters and sorts by derived fields as by all others, but its
 * `q` searches only what can be enumerated: what a person has written. The JSON of a row and of its copies
 * has all fields.
 */
function toSearchedRow(stored: Row, served: Row): Row {
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
  return row;
}

/** The rows of a collection as json-server holds them. Activities are sorted newest first. */
export function toSearchedRows(
  document: Document,
  resource: string,
  derived: DerivedCounts,
): Row[] {
  const rows = Array.from(entriesOf(document, resource), ([id, entry]) =>
    toSearchedRow(entry.row, toServedRow(resource, id, entry, derived)),
  );
  return resource === "activities" ? rows.sort(newestFirst) : rows;
}

/** Everything that is served. */
export function toServedDocument(
  document: Document,
  derived: DerivedCounts,
): Record<string, unknown> {
  const served: Record<string, unknown> = {};
  for (const [name, part] of document) {
    if (!isServable(name) || part.kind === "other") continue;
    if (part.kind === "singular") served[name] = part.entry.row;
    else {
      const rows = Array.from(part.entries, ([id, entry]) => toServedRow(name, id, entry, derived));
      served[name] = name === "activities" ? rows.sort(newestFirst) : rows;
    }
  }
  return served;
}

/** (`at`, `id`) descending, both compared as text, as json-server's `at_lte` compares them. */
function newestFirst(a: Row, b: Row): number {
  return descending(String(a.at), String(b.at)) || descending(String(a.id), String(b.id));
}

function descending(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? 1 : -1;
}
