import { isDeepStrictEqual } from "node:util";
import { type Document, type Entry, entriesOf, type Part, type Row } from "#api/rows/document.ts";

/**
 * The same document, with the entries of `known` wherever the rows are equal: comparing it with states that
 * share entries with `known` then costs one comparison by identity per row.
 */
export function shareEntries(document: Document, known: Document): Document {
  const shared = new Map<string, Part>();
  for (const [name, part] of document) {
    const other = known.get(name);
    if (part.kind !== "collection" || other?.kind !== "collection") {
      shared.set(name, part);
      continue;
    }
    const entries = new Map<string, Entry>();
    for (const [id, entry] of part.entries) {
      const same = other.entries.get(id);
      entries.set(id, same && sameText(same.row, entry.row) ? same : entry);
    }
    shared.set(name, sharePart({ ...part, entries }, other));
  }
  return shared;
}

/** The known part where both hold the same entries in the same order: what it costs to compare and to write is saved. */
export function sharePart(part: Part, known: Part | undefined): Part {
  if (part.kind !== "collection" || known?.kind !== "collection") return part;
  if (part.entries.size !== known.entries.size) return part;
  if (!isDeepStrictEqual(part.leftOut, known.leftOut)) return part;
  const others = known.entries.values();
  for (const entry of part.entries.values()) if (entry !== others.next().value) return part;
  return known;
}

/** Key order counts: a person may change nothing else. */
function sameText(a: Row, b: Row): boolean {
  if (a === b) return true;
  const keys = Object.keys(b);
  return (
    keys.length === Object.keys(a).length &&
    Object.keys(a).every((key, index) => key === keys[index]) &&
    isDeepStrictEqual(a, b)
  );
}

/**
 * Three-way merge: what the editor changed since `base`, on top of what we committed since `base`.
 * Where both changed one field, the hand edit wins: it is the later write.
 */
export function mergeEdit(base: Document, ours: Document, edited: Document): Document {
  if (base === ours) return edited;
  const merged = new Map<string, Part>();
  for (const [name, part] of edited) {
    if (part === ours.get(name)) merged.set(name, part);
    else if (part.kind === "collection") {
      const rows = mergeRows(entriesOf(base, name), entriesOf(ours, name), part.entries);
      merged.set(name, { ...part, entries: rows });
    } else {
      const known = ours.get(name);
      const from = base.get(name);
      if (!sameValue(from, part)) merged.set(name, part);
      else if (known) merged.set(name, known);
    }
  }
  for (const [name, part] of ours) {
    if (!edited.has(name) && !base.has(name)) merged.set(name, part);
  }
  return merged;
}

function mergeRows(
  base: ReadonlyMap<string, Entry>,
  ours: ReadonlyMap<string, Entry>,
  edited: ReadonlyMap<string, Entry>,
): ReadonlyMap<string, Entry> {
  const merged = new Map<string, Entry>();
  for (const [id, theirs] of edited) {
    const from = base.get(id);
    const own = ours.get(id);
    if (from === own) merged.set(id, theirs);
    else if (own) {
      const row = mergeRow(from?.row ?? {}, own.row, theirs.row);
      merged.set(id, sameText(own.row, row) ? own : { ...theirs, row });
    } else if (!from || !isDeepStrictEqual(theirs.row, from.row)) merged.set(id, theirs);
  }
  for (const [id, own] of ours) {
    if (!edited.has(id) && !base.has(id)) merged.set(id, own);
  }
  return merged;
}

function mergeRow(base: Row, ours: Row, theirs: Row): Row {
  const merged: Record<string, unknown> = { ...theirs };
  for (const key of new Set([...Object.keys(base), ...Object.keys(ours), ...Object.keys(theirs)])) {
    if (!isDeepStrictEqual(theirs[key], base[key])) continue;
    if (Object.hasOwn(ours, key)) merged[key] = ours[key];
    else delete merged[key];
  }
  return merged;
}

function sameValue(a: Part | undefined, b: Part): boolean {
  if (a?.kind === "singular" && b.kind === "singular") {
    return isDeepStrictEqual(a.entry.row, b.entry.row);
  }
  return a?.kind === "other" && b.kind === "other" && isDeepStrictEqual(a.value, b.value);
}
