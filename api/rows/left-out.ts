import { type Document, whyNotServed } from "./document.ts";

const maxLines = 20;

/** What the file holds and the API does not serve although it looks like rows: a line for a person each. */
export function describeLeftOut(document: Document): readonly string[] {
  const lines: string[] = [];
  for (const [name, part] of document) {
    if (part.kind === "other") continue;
    const reason = whyNotServed(name);
    if (reason) lines.push(reason);
    else if (part.kind === "collection") {
      for (const row of part.leftOut) {
        lines.push(`${name}[${row.index}] is kept in the data file and not served: ${row.reason}`);
      }
    }
  }
  const more = lines.length - maxLines;
  return more > 0 ? [...lines.slice(0, maxLines), `… and ${more} more are not served.`] : lines;
}

/** Returns a function that logs what is left out of a document, each line once as long as it stays. */
export function createLeftOutReport(log: (line: string) => void): (document: Document) => void {
  let said: readonly string[] = [];
  return (document) => {
    const lines = describeLeftOut(document);
    for (const line of lines) if (!said.includes(line)) log(line);
    said = lines;
  };
}
