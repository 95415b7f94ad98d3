import type { Document, Part, Row } from "#api/rows/document.ts";
import { optionalResources } from "#api/rows/resources.ts";

// Rows are never mutated, so the text of a row is cached for as long as the row lives: a commit then
// formats only the rows it changed.
const rowTexts = new WeakMap<Row, string>();

/**
 * Whether a file may lack the part. It is not written where it need not be: a file that came before a collection
 * stays as it is.
 */
export function isOptional(name: string, part: Part): boolean {
  return (
    optionalResources.some((resource) => resource === name) &&
    part.kind === "collection" &&
    part.entries.size + part.leftOut.length === 0
  );
}

/** Formats the data file: JSON indented by two spaces, in the order it was read, without versions. */
export function writeDocument(document: Document): string {
  const parts = [...document]
    .filter(([name, part]) => !isOptional(name, part))
    .map(([name, part]) => `  ${JSON.stringify(name)}: ${partText(part)}`);
  return parts.length > 0 ? `{\n${parts.join(",\n")}\n}\n` : "{}\n";
}

function partText(part: Part): string {
  if (part.kind === "other") return indent(JSON.stringify(part.value, null, 2), "  ");
  if (part.kind === "singular") return indent(JSON.stringify(part.entry.row, null, 2), "  ");
  const rows = Array.from(part.entries.values(), (entry) => rowText(entry.row));
  for (const { index, value } of part.leftOut) {
    rows.splice(index, 0, indent(JSON.stringify(value, null, 2), "    "));
  }
  if (rows.length === 0) return "[]";
  return `[\n    ${rows.join(",\n    ")}\n  ]`;
}

function rowText(row: Row): string {
  const cached = rowTexts.get(row);
  if (cached !== undefined) return cached;
  const text = indent(JSON.stringify(row, null, 2), "    ");
  rowTexts.set(row, text);
  return text;
}

/** JSON escapes line breaks inside strings, so every line break of the text is layout. */
function indent(text: string, by: string): string {
  return text.replaceAll("\n", `\n${by}`);
}
