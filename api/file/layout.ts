/** How a person's file is laid out, beyond its JSON. */
export interface Layout {
  readonly mark: "" | "\uFEFF";
  readonly lineEnd: "\n" | "\r\n";
  readonly indent: string;
  readonly endsWithLine: boolean;
}

const ours: Layout = { mark: "", lineEnd: "\n", indent: "  ", endsWithLine: true };

/** Recognises the layout of a file; a file of one line, or an empty one, is laid out in our way. */
export function layoutOf(bytes: Uint8Array): Layout {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const [, carriage, indent] = /^\uFEFF?\s*\{(\r?)\n([ \t]+)"/.exec(text) ?? [];
  if (indent === undefined) return ours;
  return {
    mark: text.startsWith("\uFEFF") ? "\uFEFF" : "",
    lineEnd: carriage ? "\r\n" : "\n",
    indent,
    endsWithLine: text.endsWith("\n"),
  };
}

/** Lays out a text of `writeDocument`. JSON escapes line breaks inside strings, so each one is layout. */
export function layOut(text: string, layout: Layout): string {
  let laidOut = text;
  if (layout.indent !== ours.indent) {
    laidOut = laidOut.replace(/^(?: {2})+/gm, (spaces) => layout.indent.repeat(spaces.length / 2));
  }
  if (!layout.endsWithLine) laidOut = laidOut.replace(/\n$/, "");
  if (layout.lineEnd !== ours.lineEnd) laidOut = laidOut.replaceAll("\n", layout.lineEnd);
  return layout.mark + laidOut;
}
