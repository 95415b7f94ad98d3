import type { Document, Part } from "#api/rows/document.ts";
import type { Pending, PendingRow } from "./pending-changes.ts";
import {
  blanksOf,
  type ItemList,
  idsOf,
  type Member,
  type RowList,
  type TextMap,
} from "./text-map.ts";
import { deeper, type TextStyle, writeValue } from "./text-style.ts";
import { isOptional } from "./write-document.ts";

/** Of the next contents of a file: a range of the present ones, in bytes, or new text. */
export type Piece = { readonly from: number; readonly to: number } | { readonly text: Buffer };

/**
 * The next contents of a data file, as pieces: the text of what is not changed is taken over, whatever it looks like.
 * `document` is what the file is to hold. Formats what is pending; the rest costs a comparison per row.
 */
export function spliceText(
  map: TextMap,
  pending: Pending,
  document: Document,
): { pieces: readonly Piece[]; map: TextMap } {
  const out = createOutput();
  const style = deeper(map.style, 1);
  const colon = style.kind === "{compact}" ? ":" : ": ";
  const known = new Set(map.of.map(({ name }) => name));
  // The file lacks a collection that its rows are the first of.
  const begun = [...pending.rows.keys()].filter((name) => !known.has(name));
  const wholes = [...pending.parts, ...begun].flatMap((name) => {
    const part = document.get(name);
    return part && !(isOptional(name, part) && !known.has(name)) ? [[name, part] as const] : [];
  });
  const whole = new Map(wholes);
  const of: Member[] = [];

  function member({ name, valueStart, rows }: Member, start: number, end: number): void {
    out.copy(start, valueStart);
    const at = out.at();
    const part = whole.get(name);
    const changes = pending.rows.get(name);
    if (part) of.push({ name, valueStart: at, rows: putPart(out, part, style) });
    else if (rows && changes)
      of.push({ name, valueStart: at, rows: spliceRows(out, rows, changes) });
    else {
      out.copy(valueStart, end);
      of.push({ name, valueStart: at, rows: rows && moved(rows, at - valueStart) });
    }
  }

  out.copy(0, map.members.start);
  const members = spliceItems(out, map.members, {
    isKept: (index) => {
      const { name } = map.of[index] as Member;
      return whole.has(name) || !pending.parts.has(name);
    },
    put: (index, start, end) => member(map.of[index] as Member, start, end),
    added: wholes.filter(([name]) => !known.has(name)),
    add([name, part]) {
      out.put(JSON.stringify(name) + colon);
      of.push({ name, valueStart: out.at(), rows: putPart(out, part, style) });
    },
  });
  out.copy(map.members.end, map.size);
  return { pieces: out.pieces, map: { ...map, size: out.at(), members, of } };
}

function spliceRows(out: Output, rows: RowList, changes: ReadonlyMap<string, PendingRow>): RowList {
  const ids: (string | null)[] = [];
  const changeOf = (index: number) => {
    const id = rows.ids[index] ?? null;
    return id === null ? undefined : changes.get(id);
  };
  const list = spliceItems(out, rows, {
    isKept(index) {
      const change = changeOf(index);
      return !change || (change.row !== null && !change.isAdded);
    },
    put(index, start, end) {
      const change = changeOf(index);
      if (change) out.put(writeValue(change.row, rows.style));
      else out.copy(start, end);
      ids.push(rows.ids[index] ?? null);
    },
    added: [...changes].filter(([, { row, isAdded }]) => row !== null && isAdded),
    add([id, { row }]) {
      out.put(writeValue(row, rows.style));
      ids.push(id);
    },
  });
  return { ...list, ids, style: rows.style };
}

/** Writes the items that remain, with the text between them, and then those that are added. */
function spliceItems<T>(
  out: Output,
  list: ItemList,
  items: {
    isKept(index: number): boolean;
    put(index: number, start: number, end: number): void;
    added: readonly T[];
    add(item: T): void;
  },
): ItemList {
  const start = out.at();
  const [starts, ends]: [number[], number[]] = [[], []];
  let before: number | null = null;
  out.copy(list.start, list.start + 1);
  for (const [index, from] of list.starts.entries()) {
    if (!items.isKept(index)) continue;
    const to = list.ends[index] ?? from;
    if (before === null && index === 0) out.copy(list.start + 1, from);
    else if (before === null) out.put(list.lead);
    else if (before === index - 1) out.copy(list.ends[before] ?? from, from);
    else out.put(list.gap);
    before = index;
    starts.push(out.at());
    items.put(index, from, to);
    ends.push(out.at());
  }
  for (const item of items.added) {
    out.put(starts.length === 0 ? list.lead : list.gap);
    starts.push(out.at());
    items.add(item);
    ends.push(out.at());
  }
  if (starts.length > 0) out.put(list.tail);
  out.copy(list.end - 1, list.end);
  return { ...list, start, end: out.at(), starts, ends };
}

/** Writes a part as a whole. */
function putPart(out: Output, part: Part, style: TextStyle): RowList | null {
  if (part.kind !== "collection") {
    out.put(writeValue(part.kind === "singular" ? part.entry.row : part.value, style));
    return null;
  }
  const ofRows = deeper(style, 1);
  const { lead, tail } = blanksOf(ofRows);
  const gap = `,${lead}`;
  const texts = Array.from(part.entries.values(), ({ row }) => writeValue(row, ofRows));
  for (const { index, value } of part.leftOut) texts.splice(index, 0, writeValue(value, ofRows));
  const start = out.at();
  const [starts, ends]: [number[], number[]] = [[], []];
  out.put("[");
  for (const [index, text] of texts.entries()) {
    out.put(index === 0 ? lead : gap);
    starts.push(out.at());
    out.put(text);
    ends.push(out.at());
  }
  out.put(texts.length === 0 ? "]" : `${tail}]`);
  return { start, end: out.at(), starts, ends, lead, gap, tail, ids: idsOf(part), style: ofRows };
}

function moved(rows: RowList, by: number): RowList {
  if (by === 0) return rows;
  const move = (at: number) => at + by;
  const [starts, ends] = [rows.starts.map(move), rows.ends.map(move)];
  return { ...rows, start: rows.start + by, end: rows.end + by, starts, ends };
}

type Output = ReturnType<typeof createOutput>;

/** Collects pieces; ranges that follow each other become one. */
function createOutput() {
  const pieces: Piece[] = [];
  let range: { from: number; to: number } | null = null;
  let at = 0;
  return {
    pieces,
    at: () => at,
    copy(from: number, to: number): void {
      if (to <= from) return;
      at += to - from;
      if (range?.to === from) range.to = to;
      else {
        range = { from, to };
        pieces.push(range);
      }
    },
    put(text: string): void {
      if (text === "") return;
      const piece = { text: Buffer.from(text) };
      at += piece.text.length;
      range = null;
      pieces.push(piece);
    },
  };
}

/** The bytes of the pieces, out of the present contents. */
export function joinPieces(pieces: readonly Piece[], contents: Buffer): Buffer {
  return Buffer.concat(
    pieces.map((piece) => ("text" in piece ? piece.text : contents.subarray(piece.from, piece.to))),
  );
}
