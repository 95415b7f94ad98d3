/** A part of a merged text, and whose it is. */
export interface MergedPart {
  readonly text: string;
  readonly of: "both" | "theirs" | "mine";
}

/** Where a text differs from the base: these of its words are in the place of the base's from `start` to `end`. */
interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly words: readonly string[];
}

/**
 * Merges two texts that were made from one, by words. What each changed apart from the other is taken from both; what
 * both changed is there twice, theirs first, for a person to edit.
 */
export function mergeText(base: string, theirs: string, mine: string): readonly MergedPart[] {
  const words = wordsOf(base);
  const a = { ...hunkOf(words, wordsOf(theirs)), of: "theirs" } as const;
  const b = { ...hunkOf(words, wordsOf(mine)), of: "mine" } as const;
  const [first, second] = a.start <= b.start ? [a, b] : [b, a];
  const isApart =
    first.end <= second.start && !(first.end === second.start && first.start === second.end);
  const start = Math.min(a.start, b.start);
  const end = Math.max(a.end, b.end);
  const part = (of: MergedPart["of"], ...texts: (readonly string[])[]) => ({
    of,
    text: texts.flat().join(""),
  });
  /** What one side has between `start` and `end`. */
  const side = (hunk: Hunk, of: MergedPart["of"]) =>
    part(of, words.slice(start, hunk.start), hunk.words, words.slice(hunk.end, end));
  const middle = isApart
    ? [
        part(first.of, first.words),
        part("both", words.slice(first.end, second.start)),
        part(second.of, second.words),
      ]
    : [side(a, "theirs"), side(b, "mine")];
  return spaced([
    part("both", words.slice(0, start)),
    ...middle,
    part("both", words.slice(isApart ? second.end : end)),
  ]);
}

function hunkOf(base: readonly string[], words: readonly string[]): Hunk {
  const most = Math.min(base.length, words.length);
  let start = 0;
  while (start < most && isSame(base[start], words[start])) start++;
  let tail = 0;
  while (tail < most - start && isSame(base.at(-1 - tail), words.at(-1 - tail))) tail++;
  return { start, end: base.length - tail, words: words.slice(start, words.length - tail) };
}

/** Without regard to the white space after it: the last word has none. */
function isSame(word = "", other = ""): boolean {
  return word.trimEnd() === other.trimEnd();
}

/** What was the end of a text may be in the middle now. */
function spaced(all: readonly MergedPart[]): readonly MergedPart[] {
  const parts = all.filter(({ text }) => text !== "");
  const isLast = (at: number) => at === parts.length - 1;
  return parts.map(({ text, of }, at) => ({
    of,
    text: isLast(at) || /\s$/.test(text) ? text : `${text} `,
  }));
}

/** The words, each with the white space after it: joined they are the text. */
function wordsOf(text: string): string[] {
  return text.match(/^\s+|\S+\s*/g) ?? [];
}
