import { isDeepStrictEqual } from "node:util";
import { type Document, type Entry, entriesOf, type Part, type Row } from "#api/rows/document.ts";

/**
 * Which of our states a saved file was edited from: the one it differs from in the fewest rows, the
 * present one when in doubt. An editor's buffer or a script's read may be older than the last commits.
 */
export function findBase(
  edited: Document,
  current: Document,
  earlier: readonly Document[],
): Document {
  let best = { document: current, distance: 0 };
  for (const document of earlier) {
    const distance = distanceBeyond(edited, document, current);
    if (distance < best.distance) best = { document, distance };
  }
  return best.document;
}

/** How many rows more of `edited` differ from `candidate` than from `current`; negative means nearer. */
function distanceBeyond(edited: Document, candidate: Document, current: Document): number {
  let distance = 0;
  for (const name of new Set([...candidate.keys(), ...current.keys()])) {
    const theirs = entriesOf(candidate, name);
    const ours = entriesOf(current, name);
    const rows = entriesOf(edited, name);
    for (const id of new Set([...theirs.keys(), ...ours.keys()])) {
      const entry = theirs.get(id);
      const present = ours.get(id);
      if (entry === present) continue;
      distance += differs(rows.get(id), entry) - differs(rows.get(id), present);
    }
  }
  return distance;
}

function differs(a: Entry | undefined, b: Entry | undefined): 0 | 1 {
  return isDeepStrictEqual(a?.row, b?.row) ? 0 : 1;
}

/**
 * Three-way merge: what the editor changed since `base`, on top of what we committed since `base`.
 * Where both changed one field, the hand edit wins: it is the later write.
 */
export function mergeEdit(base: Document, ours: Document, edited: Document): Document {
  if (base === ours) return edited;
  const merged = new Map<string, Part>();
  for (const [name, part] of edited) {
    if (part.kind === "collection") {
      const rows = mergeRows(entriesOf(base, name), entriesOf(ours, name), part.entries);
      merged.set(name, { ...part, entries: rows });
    } else {
      const known = ours.get(name);
      merged.set(name, known && sameValue(base.get(name), part) ? known : part);
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
    if (from === own || !from) merged.set(id, theirs);
    else if (own) merged.set(id, { ...theirs, row: mergeRow(from.row, own.row, theirs.row) });
    else if (differs(theirs, from)) merged.set(id, theirs);
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
