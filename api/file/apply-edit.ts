import type { DerivedCounts } from "#api/rows/derived-counts.ts";
import { type Document, type Entry, entriesOf, type Part, type Row } from "#api/rows/document.ts";
import { createTransaction, type Transaction } from "#api/writes/transaction.ts";
import type { Change } from "#sync/http";
import { sharePart } from "./merge-edit.ts";

/**
 * Computes the changes from the current document to an edited one, row by row, and the document after
 * them: rows and order of the edited file, with the versions that the changes assign.
 */
export function applyEdit(
  current: Document,
  rev: number,
  edited: Document,
  /** Those of `current`, which are counted otherwise. */
  counts?: DerivedCounts,
): { document: Document; changes: readonly Change[] } {
  const transaction = createTransaction(current, rev, { ...(counts && { counts }) });
  for (const [name, part] of current) {
    const next = edited.get(name);
    if (next === part) continue;
    if (part.kind === "singular" && next?.kind !== "singular") transaction.putSingular(name, null);
    if (part.kind !== "collection") continue;
    const remaining = entriesOf(edited, name);
    for (const id of part.entries.keys()) {
      if (!remaining.has(id)) transaction.put({ resource: name, id, row: null });
    }
  }
  for (const [name, part] of edited) {
    if (part === current.get(name)) continue;
    if (part.kind === "singular") transaction.putSingular(name, part.entry.row);
    if (part.kind !== "collection") continue;
    for (const [id, entry] of part.entries) transaction.put({ resource: name, id, row: entry.row });
    touchMoved(transaction, name, entriesOf(current, name), part.entries);
  }
  const after = transaction.document();
  const document = new Map<string, Part>();
  for (const [name, part] of edited) document.set(name, withVersions(part, after.get(name)));
  return { document, changes: transaction.changes };
}

/**
 * Lists are served in file order, so moving a row changes what is read: it counts as an update.
 * Activities are excepted, because they are sorted.
 */
function touchMoved(
  transaction: Transaction,
  resource: string,
  before: ReadonlyMap<string, Entry>,
  after: ReadonlyMap<string, Entry>,
): void {
  if (resource === "activities") return;
  const oldOrder = [...before.keys()].filter((id) => after.has(id));
  const newOrder = [...after.keys()].filter((id) => before.has(id));
  for (const [index, id] of newOrder.entries()) {
    if (oldOrder[index] !== id && transaction.entry(resource, id) === before.get(id))
      transaction.touch(resource, id);
  }
}

function withVersions(edited: Part, after: Part | undefined): Part {
  if (edited === after) return edited;
  if (edited.kind === "singular" && after?.kind === "singular") {
    return { kind: "singular", entry: { ...edited.entry, version: after.entry.version } };
  }
  if (edited.kind !== "collection" || after?.kind !== "collection") return edited;
  const entries = new Map<string, Entry>();
  for (const [id, { row }] of edited.entries) {
    const entry = after.entries.get(id);
    if (!entry) continue;
    entries.set(id, sameKeyOrder(entry.row, row) ? entry : { row, version: entry.version });
  }
  return sharePart({ kind: "collection", entries, leftOut: edited.leftOut }, after);
}

function sameKeyOrder(a: Row, b: Row): boolean {
  const keys = Object.keys(b);
  return Object.keys(a).every((key, index) => key === keys[index]);
}
