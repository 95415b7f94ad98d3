export interface DifferingPart {
  readonly before: string;
  readonly differs: string;
  readonly after: string;
}

/** Words of the same on either side that are worth showing. */
const context = 6;

/**
 * Where a long text differs from another one, in whole words and with a few of those around it. Null
 * where most of it differs, or where it is short: then it is best shown whole.
 */
export function differingPart(text: string, other: string): DifferingPart | null {
  const [words, others] = [wordsOf(text), wordsOf(other)];
  const most = Math.min(words.length, others.length);
  let start = 0;
  while (start < most && words[start] === others[start]) start++;
  let end = 0;
  while (end < most - start && words.at(-1 - end) === others.at(-1 - end)) end++;
  if (start + end < Math.max(2 * context, words.length / 2)) return null;
  const part = (from: number, to: number) => words.slice(from, to).join("");
  const [from, to] = [Math.max(0, start - context), words.length - Math.max(0, end - context)];
  const middle = part(start, words.length - end);
  const differs = middle.trimEnd();
  const space = middle.slice(differs.length);
  return {
    before: (from > 0 ? "… " : "") + part(from, start),
    differs,
    after: space + part(words.length - end, to) + (to < words.length ? "…" : ""),
  };
}

/** Each with the space after it, so that joined they are the text. */
function wordsOf(text: string): string[] {
  return text.match(/\s*\S+\s*/g) ?? [];
}
