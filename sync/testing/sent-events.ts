/** An event of a stream (`text/event-stream`), as it was sent. */
export interface RawEvent {
  readonly name: string;
  readonly id: string | null;
  readonly data: string;
}

/** Takes the next whole block off the text of a stream. Null where there is none yet. */
export function takeBlock(text: string): { readonly block: string; readonly rest: string } | null {
  const end = /\r\n\r\n|\n\n|\r\r/.exec(text);
  return end && { block: text.slice(0, end.index), rest: text.slice(end.index + end[0].length) };
}

/** Null for a comment, or what names no event and brings nothing. */
export function parseBlock(block: string): RawEvent | null {
  let name = "message";
  let id: string | null = null;
  const data: string[] = [];
  for (const line of block.split(/\r\n|\n|\r/)) {
    const [, field = "", value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === "event") name = value;
    else if (field === "id") id = value;
    else if (field === "data") data.push(value);
  }
  return data.length === 0 ? null : { name, id, data: data.join("\n") };
}
