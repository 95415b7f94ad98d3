const segmenter = new Intl.Segmenter("en");

/** What a person counts: a family of emoji, and a letter with its accents, are one each (UAX #29). */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of segmenter.segment(text)) count += 1;
  return count;
}

/** The first characters of a text, as a person counts them. */
export function firstCharacters(text: string, most: number): string {
  if (text.length <= most) return text;
  let count = 0;
  for (const { index } of segmenter.segment(text)) {
    if (count === most) return text.slice(0, index);
    count += 1;
  }
  return text;
}

/** Accents can be piled up without end: more UTF-16 units than this for each character are no text. */
const unitsPerCharacter = 16;

/** Whether a text has at most so many characters. A short one is not looked at. */
export function hasAtMost(text: string, most: number): boolean {
  if (text.length <= most) return true;
  return text.length <= most * unitsPerCharacter && countCharacters(text) <= most;
}
