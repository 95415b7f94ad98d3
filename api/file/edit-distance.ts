import { isDeepStrictEqual } from "node:util";
import { type Document, type Entry, entriesOf, type Part, type Row } from "#api/rows/document.ts";
import type { StateDiff } from "./state-diff.ts";

/** How many fields a document differs in from a state, while that state is moved through differences. */
export interface Measure {
  distance(): number;
  /** Moves the state; costs what `differs` holds. Returns what moves it back. */
  move(differs: StateDiff): () => void;
}

export function measureDistance(edited: Document, from: Document): Measure {
  let distance = distanceOf(edited, from);
  /** Where the state has been moved to: parts as a whole, and rows of a part since. */
  const parts = new Map<string, Part | undefined>();
  const rows = new Map<string, Map<string, Entry | undefined>>();

  function partAt(name: string): Part | undefined {
    const part = parts.has(name) ? parts.get(name) : from.get(name);
    const moved = rows.get(name);
    if (part?.kind !== "collection" || !moved) return part;
    const entries = new Map(part.entries);
    for (const [id, entry] of moved) {
      if (entry) entries.set(id, entry);
      else entries.delete(id);
    }
    return { ...part, entries };
  }

  function entryAt(resource: string, id: string): Entry | undefined {
    const moved = rows.get(resource);
    if (moved?.has(id)) return moved.get(id);
    const part = parts.has(resource) ? parts.get(resource) : from.get(resource);
    return part?.kind === "collection" ? part.entries.get(id) : undefined;
  }

  function moveRow(resource: string, id: string, entry: Entry | undefined): () => void {
    const moved = rows.get(resource) ?? new Map<string, Entry | undefined>();
    rows.set(resource, moved);
    const before = entryAt(resource, id);
    const row = entriesOf(edited, resource).get(id)?.row;
    const difference = rowDistance(row, entry?.row) - rowDistance(row, before?.row);
    distance += difference;
    moved.set(id, entry);
    return () => {
      distance -= difference;
      moved.set(id, before);
    };
  }

  function movePart(name: string, part: Part | undefined): () => void {
    const before = partAt(name);
    rows.delete(name);
    const mine = edited.get(name);
    const difference = partDistance(mine, part) - partDistance(mine, before);
    distance += difference;
    parts.set(name, part);
    return () => {
      distance -= difference;
      parts.set(name, before);
    };
  }

  return {
    distance: () => distance,
    move(differs) {
      const undo = [
        ...differs.parts.map(({ name, part }) => movePart(name, part)),
        ...differs.rows.map(({ resource, id, entry }) => moveRow(resource, id, entry)),
      ].reverse();
      return () => {
        for (const back of undo) back();
      };
    },
  };
}

function distanceOf(edited: Document, from: Document): number {
  let distance = 0;
  for (const name of new Set([...edited.keys(), ...from.keys()])) {
    distance += partDistance(edited.get(name), from.get(name));
  }
  return distance;
}

function partDistance(edited: Part | undefined, from: Part | undefined): number {
  if (edited === from) return 0;
  if (edited?.kind === "singular" && from?.kind === "singular") {
    return rowDistance(edited.entry.row, from.entry.row);
  }
  if (edited?.kind === "other" && from?.kind === "other") {
    return isDeepStrictEqual(edited.value, from.value) ? 0 : 1;
  }
  if (edited?.kind !== "collection" || from?.kind !== "collection") return 1;
  let distance = 0;
  for (const [id, { row }] of edited.entries)
    distance += rowDistance(row, from.entries.get(id)?.row);
  for (const [id, { row }] of from.entries) {
    if (!edited.entries.has(id)) distance += rowDistance(undefined, row);
  }
  return distance;
}

/** How much a person has to do to make `edited` of `from`: deleting a row is one step, typing it one per field. */
function rowDistance(edited: Row | undefined, from: Row | undefined): number {
  if (edited === from) return 0;
  if (!edited) return 1;
  const known = from ?? {};
  let distance = 0;
  for (const key of Object.keys(edited)) {
    if (!isDeepStrictEqual(edited[key], known[key])) distance += 1;
  }
  for (const key of Object.keys(known)) if (!Object.hasOwn(edited, key)) distance += 1;
  return distance;
}
