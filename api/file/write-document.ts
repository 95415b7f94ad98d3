import type { Document, Part, Row } from "#api/rows/document.ts";

// Rows are never mutated, so the text of one is good for as long as the row lives: a commit then
// costs the rows it changed and one join, not the whole file.
const rowTexts = new WeakMap<Row, string>();

/** The file as we write it: JSON with two spaces, in the order it was read, without versions. */
export function writeDocument(document: Document): string {
  const parts = [...document].map(([name, part]) => `  ${JSON.stringify(name)}: ${partText(part)}`);
  return parts.length > 0 ? `{\n${parts.join(",\n")}\n}\n` : "{}\n";
}

function partText(part: Part): string {
  if (part.kind === "other") return indent(JSON.stringify(part.value, null, 2), "  ");
  if (part.kind === "singular") return indent(JSON.stringify(part.entry.row, null, 2), "  ");
  if (part.entries.size === 0) return "[]";
  const rows = Array.from(part.entries.values(), (entry) => rowText(entry.row));
  return `[\n    ${rows.join(",\n    ")}\n  ]`;
}

function rowText(row: Row): string {
  const known = rowTexts.get(row);
  if (known !== undefined) return known;
  const text = indent(JSON.stringify(row, null, 2), "    ");
  rowTexts.set(row, text);
  return text;
}

/** A line break inside a JSON string is escaped, so every real one is layout. */
function indent(text: string, by: string): string {
  return text.replaceAll("\n", `\n${by}`);
}
