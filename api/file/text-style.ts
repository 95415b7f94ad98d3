/** How objects are written in a data file. Of an own line each, or of one line with or without blanks. */
export type TextStyle =
  | {
      readonly kind: "lines";
      /** Of one level. */
      readonly indent: string;
      /** Of the closing bracket. */
      readonly base: string;
      readonly lineEnd: "\n" | "\r\n";
    }
  | { readonly kind: "{ spaced }" | "{tight}" | "{compact}" };

/** The style of the text of an object that has a field; `otherwise` where it is neither. */
export function styleOf(text: string, otherwise: TextStyle): TextStyle {
  if (!text.includes("\n")) {
    if (text.startsWith("{ ")) return { kind: "{ spaced }" };
    return /^\{"(?:[^"\\]|\\.)*": /.test(text) ? { kind: "{tight}" } : { kind: "{compact}" };
  }
  const inner = /^\{\r?\n([ \t]*)"/.exec(text)?.[1];
  const base = /\n([ \t]*)\}$/.exec(text)?.[1];
  if (inner === undefined || base === undefined || !inner.startsWith(base)) return otherwise;
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  return { kind: "lines", indent: inner.slice(base.length), base, lineEnd };
}

/** The style of a file, by the blanks before its first name. */
export function styleOfFile(lead: string): TextStyle {
  if (!lead.includes("\n")) return { kind: lead === "" ? "{compact}" : "{ spaced }" };
  const lineEnd = lead.includes("\r\n") ? "\r\n" : "\n";
  return { kind: "lines", indent: lead.slice(lead.lastIndexOf("\n") + 1), base: "", lineEnd };
}

/** The same style, so many levels deeper. */
export function deeper(style: TextStyle, levels: number): TextStyle {
  if (style.kind !== "lines") return style;
  return { ...style, base: style.base + style.indent.repeat(levels) };
}

export function writeValue(value: unknown, style: TextStyle): string {
  if (style.kind === "{compact}") return JSON.stringify(value);
  // JSON escapes line breaks inside strings, so every line break of the text is layout.
  const text = JSON.stringify(value, null, 1);
  if (style.kind !== "lines") return onOneLine(text, style.kind);
  const { lineEnd, base, indent } = style;
  return text.replace(/\n( *)/g, (_, { length }) => lineEnd + base + indent.repeat(length));
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
