/** Thrown for a data file that cannot be served; the message names the place and the reason in one line. */
export class BrokenFile extends Error {}

/** Parses the bytes of a JSON file. Throws `BrokenFile` with line and column where they are known. */
export function parseJsonFile(bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw new BrokenFile("the file is empty");
  const text = decode(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reason = message.replace(/ in JSON at position.*/s, "");
    throw new BrokenFile(`${placeOf(message, text)}not valid JSON (${reason})`);
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new BrokenFile("the file is not UTF-8 text");
  }
}

function placeOf(message: string, text: string): string {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position === undefined) return "";
  const lines = text.slice(0, Number(position)).split("\n");
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}: `;
}
