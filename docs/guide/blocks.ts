/** A block of code on a page: its language, and the file that it names, if it does. */
export interface Block {
  readonly language: string;
  readonly file: string | undefined;
  readonly code: string;
}

export function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language = "", file, code = ""]) => ({ language, file, code }),
  );
}
