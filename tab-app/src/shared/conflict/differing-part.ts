export interface DifferingPart {
  readonly before: string;
  readonly differs: string;
  readonly after: string;
}

/** Words of unchanged text to show on either side. */
const context = 6;

/**
 * The part of a long text that differs from another one, in whole words and with some context. Null
 * where the text is short or most of it differs: then it is best shown whole.
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

/** The words, each with its white space: joined they are the text. */
function wordsOf(text: string): string[] {
  return text.match(/\s*\S+\s*/g) ?? [];
}
