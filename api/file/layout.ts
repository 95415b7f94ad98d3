import { membersOf, type Written } from "./written-json.ts";

/** How a person's file is laid out, beyond its JSON. */
export interface Layout {
  readonly mark: "" | "\uFEFF";
  readonly lineEnd: "\n" | "\r\n";
  readonly indent: string;
  readonly endsWithLine: boolean;
  /** The whole file is one line. */
  readonly isOneLine: boolean;
  /** What is written otherwise than we would, by the name at the top of the file. */
  readonly written: ReadonlyMap<string, WrittenPart>;
}

interface WrittenPart {
  /** The text of a value as the person wrote it, by the text that we would write. Numbers differ as well. */
  readonly texts: ReadonlyMap<string, string>;
  /** Rows are one line each: so is a row that is changed or added. */
  readonly rows: "lines" | "{ spaced }" | "{tight}";
}

const ours: Layout = {
  mark: "",
  lineEnd: "\n",
  indent: "  ",
  endsWithLine: true,
  isOneLine: false,
  written: new Map(),
};

/** Recognises the layout of a file that holds valid JSON; an empty one is laid out in our way. */
export function layoutOf(bytes: Uint8Array): Layout {
  const all = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const text = all.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  const mark = all.startsWith("\uFEFF") ? "\uFEFF" : "";
  const lineEnd = all.includes("\r\n") ? "\r\n" : "\n";
  const endsWithLine = text.endsWith("\n");
  const indent = /^\s*\{\n([ \t]+)"/.exec(text)?.[1];
  const body = text.trim();
  try {
    if (indent !== undefined) {
      const isPlain = body === JSON.stringify(JSON.parse(body), null, indent);
      const written = isPlain ? ours.written : writtenIn(body);
      return { mark, lineEnd, indent, endsWithLine, isOneLine: false, written };
    }
    if (!body.includes("\n") && body === JSON.stringify(JSON.parse(body))) {
      return { ...ours, mark, endsWithLine, isOneLine: true };
    }
  } catch {
    // Half saved: it is read again.
  }
  return ours;
}

/** Lays out a text of `writeDocument`. JSON escapes line breaks inside strings, so each one is layout. */
export function layOut(text: string, layout: Layout): string {
  let laidOut = text;
  if (layout.isOneLine) laidOut = `${JSON.stringify(JSON.parse(text))}\n`;
  else if (layout.written.size > 0) laidOut = asWritten(text, layout);
  else if (layout.indent !== ours.indent) laidOut = indented(text, layout.indent);
  if (!layout.endsWithLine) laidOut = laidOut.replace(/\n$/, "");
  if (layout.lineEnd !== ours.lineEnd) laidOut = laidOut.replaceAll("\n", layout.lineEnd);
  return layout.mark + laidOut;
}

const indented = (text: string, indent: string) =>
  indent === ours.indent
    ? text
    : text.replace(/^(?: {2})+/gm, (spaces) => indent.repeat(spaces.length / 2));

function writtenIn(text: string): ReadonlyMap<string, WrittenPart> {
  const written = new Map<string, WrittenPart>();
  for (const { name, value, elements } of membersOf(text)) {
    const texts = new Map<string, string>();
    texts.set(plainly(value.source, "  "), value.source);
    for (const { source } of elements ?? []) texts.set(plainly(source, "    "), source);
    const first = elements?.[0]?.source ?? "";
    const isLine = first.startsWith("{") && !first.includes("\n");
    const rows = isLine ? (first.startsWith("{ ") ? "{ spaced }" : "{tight}") : "lines";
    written.set(name, { texts, rows });
  }
  return written;
}

/** As we would write it, so deep in the file. */
function plainly(source: string, depth: string): string {
  return JSON.stringify(JSON.parse(source), null, 2).replaceAll("\n", `\n${depth}`);
}

function asWritten(text: string, { indent, written }: Layout): string {
  const edits: { readonly value: Written; readonly by: string }[] = [];
  for (const { name, value, elements } of membersOf(text)) {
    const part = written.get(name);
    const isAsBefore = part?.texts.has(value.source);
    for (const each of part ? (isAsBefore ? [value] : (elements ?? [])) : []) {
      const source = part?.texts.get(each.source);
      if (source !== undefined) edits.push({ value: each, by: source });
      else if (part && part.rows !== "lines" && each.source.startsWith("{"))
        edits.push({ value: each, by: onOneLine(each.source, part.rows) });
    }
  }
  let end = 0;
  let out = "";
  for (const { value, by } of edits) {
    out += indented(text.slice(end, value.start), indent) + by;
    end = value.end;
  }
  return out + indented(text.slice(end), indent);
}

/** Blanks outside strings, as `{ "id": 1, "tags": ["a"] }` or `{"id": 1, "tags": ["a"]}`. */
function onOneLine(source: string, style: "{ spaced }" | "{tight}"): string {
  const line = source.replace(/"(?:[^"\\]|\\.)*"|\n\s*/g, (found) =>
    found.startsWith('"') ? found : " ",
  );
  const closed = line.replace(/"(?:[^"\\]|\\.)*"|\[ | \]/g, (found) =>
    found.startsWith('"') ? found : found.trim(),
  );
  if (style === "{ spaced }") return closed;
  return closed.replace(/"(?:[^"\\]|\\.)*"|\{ | \}/g, (found) =>
    found.startsWith('"') ? found : found.trim(),
  );
}
