import { createDerivedCounts, type DerivedCounts } from "./derived-counts.ts";
import { type Document, type Entry, isOwnResource, isServable, type Row } from "./document.ts";

// An entry is a new object per change, so what is served of it can be kept for as long as it lives.
// Accounts are left out: their counts change without them.
const servedRows = new WeakMap<Entry, Row>();

/**
 * A row as every answer and every change shows it: with `version`, an account with its counts. In a
 * person's own collection a `version` that the row has already is theirs and stays.
 */
export function serveRow(resource: string, id: string, entry: Entry, derived: DerivedCounts): Row {
  if (resource === "accounts") return { ...entry.row, version: entry.version, ...derived.of(id) };
  const known = servedRows.get(entry);
  if (known) return known;
  const { version } = entry;
  const served = isOwnResource(resource) ? { ...entry.row, version } : { version, ...entry.row };
  servedRows.set(entry, served);
  return served;
}

/** The object that json-server reads from. Activities stand in the order of the feed. */
export function serveDocument(document: Document): Record<string, unknown> {
  const derived = createDerivedCounts(document);
  const view: Record<string, unknown> = {};
  for (const [name, part] of document) {
    if (!isServable(name) || part.kind === "other") continue;
    if (part.kind === "singular") {
      view[name] = part.entry.row;
      continue;
    }
    const rows = Array.from(part.entries, ([id, entry]) => serveRow(name, id, entry, derived));
    view[name] = name === "activities" ? rows.sort(newestFirst) : rows;
  }
  return view;
}

/** (`at`, `id`) descending, both as text: the same comparison that json-server's `at_lte` makes. */
function newestFirst(a: Row, b: Row): number {
  return descending(String(a.at), String(b.at)) || descending(String(a.id), String(b.id));
}

function descending(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? 1 : -1;
}
