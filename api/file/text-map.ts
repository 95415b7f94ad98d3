import type { Document, Part } from "#api/rows/document.ts";
import { deeper, styleOf, styleOfFile, type TextStyle } from "./text-style.ts";
import { isOptional } from "./write-document.ts";

/** Where the parts and rows of a data file stand in its bytes, and how they are written. */
export interface TextMap {
  /** Of the file, in bytes. */
  readonly size: number;
  readonly members: ItemList;
  /** What the members are, in the same order. */
  readonly of: readonly Member[];
  readonly style: TextStyle;
}

/** The items between two brackets. Positions are bytes from the beginning of the file. */
export interface ItemList {
  /** The position of the opening bracket, and the position after the closing one. */
  readonly start: number;
  readonly end: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The text before the first item, between two items and after the last. */
  readonly lead: string;
  readonly gap: string;
  readonly tail: string;
}

export interface Member {
  readonly name: string;
  /** Where its value begins. It ends where the member does. */
  readonly valueStart: number;
  /** Of a collection. */
  readonly rows: RowList | null;
}

export interface RowList extends ItemList {
  /** The id of each item; `null` for what is no row. */
  readonly ids: readonly (string | null)[];
  readonly style: TextStyle;
}

const codes = (text: string) => Array.from(text, (char) => char.charCodeAt(0));
const [quote, backslash, comma, openList, closeList, open, close] = codes('"\\,[]{}');

/**
 * Finds the parts and rows in the bytes of a data file, which hold valid JSON. `document` is what was read from them;
 * `null` when the two do not agree, as where a name is given twice.
 */
export function mapText(bytes: Uint8Array, document: Document): TextMap | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = skipBlanks(text, text[0] === 0xef ? 3 : 0);
  const first = skipBlanks(text, start + 1);
  const style = styleOfFile(text.toString("utf8", start + 1, first));
  const [of, starts, ends]: [Member[], number[], number[]] = [[], [], []];
  let at = first;
  while (text[at] !== close) {
    const nameEnd = endOf(text, at);
    const valueStart = skipBlanks(text, skipBlanks(text, nameEnd) + 1);
    const name: string = JSON.parse(text.toString("utf8", at, nameEnd));
    const part = document.get(name);
    if (!part) return null;
    const rows = part.kind === "collection" ? mapRows(text, valueStart, part, style) : null;
    if (part.kind === "collection" && !rows) return null;
    const end = rows?.end ?? endOf(text, valueStart);
    of.push({ name, valueStart, rows });
    starts.push(at);
    ends.push(end);
    at = skipComma(text, end);
  }
  const named = new Set(of.map(({ name }) => name));
  const isWhole = [...document].every(([name, part]) => named.has(name) || isOptional(name, part));
  if (named.size < of.length || !isWhole) return null;
  const members = listOf(text, start, at + 1, starts, ends, deeper(style, 1));
  return { size: text.length, members, of, style };
}

function mapRows(
  text: Buffer,
  start: number,
  part: Extract<Part, { kind: "collection" }>,
  ofFile: TextStyle,
): RowList | null {
  if (text[start] !== openList) return null;
  const [starts, ends]: [number[], number[]] = [[], []];
  let at = skipBlanks(text, start + 1);
  while (text[at] !== closeList) {
    const end = endOf(text, at);
    starts.push(at);
    ends.push(end);
    at = skipComma(text, end);
  }
  const ids = idsOf(part);
  if (ids.length !== starts.length) return null;
  const otherwise = deeper(ofFile, 2);
  const sample = starts.findIndex(
    (from) => text[from] === open && text[skipBlanks(text, from + 1)] !== close,
  );
  const style =
    sample < 0
      ? otherwise
      : styleOf(text.toString("utf8", starts[sample], ends[sample]), otherwise);
  return { ...listOf(text, start, at + 1, starts, ends, otherwise), ids, style };
}

function listOf(
  text: Buffer,
  start: number,
  end: number,
  starts: readonly number[],
  ends: readonly number[],
  style: TextStyle,
): ItemList {
  const range = (from = 0, to = 0) => text.toString("utf8", from, to);
  const [first, second] = starts;
  const blanks = blanksOf(style);
  const lead = first === undefined ? blanks.lead : range(start + 1, first);
  const gap = second === undefined ? `,${lead}` : range(ends[0], second);
  const tail = first === undefined ? blanks.tail : range(ends.at(-1), end - 1);
  return { start, end, starts, ends, lead, gap, tail };
}

/** What stands between items and their brackets, where there are none to go by. */
export function blanksOf(style: TextStyle): { lead: string; tail: string } {
  if (style.kind !== "lines") return { lead: "", tail: "" };
  const { lineEnd, base, indent } = style;
  return { lead: lineEnd + base, tail: lineEnd + base.slice(indent.length) };
}

/** The ids of a collection as the array in the file has them, with what is left out. */
export function idsOf(part: Extract<Part, { kind: "collection" }>): (string | null)[] {
  const ids: (string | null)[] = [...part.entries.keys()];
  for (const { index } of part.leftOut) ids.splice(index, 0, null);
  return ids;
}

/** The position after the value that begins at `at`. */
function endOf(text: Buffer, at: number): number {
  const first = text[at];
  if (first === quote) return endOfString(text, at);
  if (first !== open && first !== openList) {
    let end = at;
    while (!isEndOfScalar(text[end])) end += 1;
    return end;
  }
  let depth = 0;
  for (let next = at; ; next += 1) {
    const code = text[next];
    if (code === quote) next = endOfString(text, next) - 1;
    else if (code === open || code === openList) depth += 1;
    else if (code === close || code === closeList) {
      depth -= 1;
      if (depth === 0) return next + 1;
    } else if (code === undefined) throw new Error("the text is not valid JSON");
  }
}

function endOfString(text: Buffer, at: number): number {
  let next = at + 1;
  while (text[next] !== quote && next < text.length) next += text[next] === backslash ? 2 : 1;
  return next + 1;
}

function isEndOfScalar(code: number | undefined): boolean {
  return code === undefined || code === comma || code === close || code === closeList || code <= 32;
}

function skipBlanks(text: Buffer, at: number): number {
  let next = at;
  while ((text[next] ?? 33) <= 32) next += 1;
  return next;
}

function skipComma(text: Buffer, at: number): number {
  const next = skipBlanks(text, at);
  return text[next] === comma ? skipBlanks(text, next + 1) : next;
}
