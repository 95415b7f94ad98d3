/** Lower case and without accents: "Über" is found by "uber". */
function fold(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** What can be found: its title, and further words. */
interface Findable {
  readonly title: string;
  readonly words?: string | undefined;
}

/**
 * Those of which each typed word begins a word, in their order; those of which the title begins with the text come
 * first. All, for an empty text.
 */
export function matchCommands<T extends Findable>(entries: readonly T[], text: string): T[] {
  const typed = fold(text).trim();
  const parts = typed.split(/\s+/).filter(Boolean);
  const found = entries.filter(({ title, words = "" }) => {
    const own = fold(`${title} ${words}`).split(/[^\p{L}\p{N}]+/u);
    return parts.every((part) => own.some((word) => word.startsWith(part)));
  });
  const isFirst = ({ title }: T) => typed !== "" && fold(title).startsWith(typed);
  return [...found.filter(isFirst), ...found.filter((each) => !isFirst(each))];
}
