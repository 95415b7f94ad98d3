import { type NamedCode, parseSource, readSources, type SourceFile, type Span } from "./sources.ts";

/** Replaces a text in code that is found by its name, in whichever file it stands. */
export interface Substitution {
  /** The name of a function, a method or a `const`, qualified where it is not unique: `"createLedger > take"`. */
  readonly within: string;
  /** Occurs there exactly once. White space, comments and trailing commas make no difference. */
  readonly search: string;
  readonly replace: string;
}

export interface ChangedFile {
  readonly path: string;
  readonly text: string;
}

/** The files that are changed. Throws where a substitution does not apply. */
export function substitute(
  substitutions: readonly Substitution[],
  sources: readonly SourceFile[] = readSources(),
): readonly ChangedFile[] {
  const files = new Map(sources.map((source) => [source.path, source]));
  const changed = new Map<string, ChangedFile>();
  for (const each of substitutions) {
    const file = substituteWithin(each, [...files.values()]);
    files.set(file.path, parseSource(file.path, file.text));
    changed.set(file.path, file);
  }
  return [...changed.values()];
}

function substituteWithin(
  { within, search, replace }: Substitution,
  sources: readonly SourceFile[],
): ChangedFile {
  const { source, code } = findNamed(within, sources);
  const spans = occurrences(source, code, search);
  const [span] = spans;
  if (!span || spans.length > 1)
    throw new Error(
      `${source.path}, ${within}: expected exactly once, found ${spans.length} times:\n${search}`,
    );
  const { path, text } = source;
  return { path, text: text.slice(0, span.start) + replace + text.slice(span.end) };
}

/** The only code with the last name inside code with the names before it, at any depth. */
export function findNamed(
  within: string,
  sources: readonly SourceFile[],
): { source: SourceFile; code: NamedCode } {
  const names = within.split(" > ");
  const found = sources.flatMap((source) =>
    source.named.filter((code) => isNamed(code, names)).map((code) => ({ source, code })),
  );
  const [only] = found;
  if (!only) throw new Error(`No function, method or const is "${within}"`);
  if (found.length === 1) return only;
  const places = found.map(({ source, code }) => `${source.path}: ${code.names.join(" > ")}`);
  throw new Error(`"${within}" is not unique, name the code around it:\n${places.join("\n")}`);
}

function isNamed({ names }: NamedCode, wanted: readonly string[]): boolean {
  if (names.at(-1) !== wanted.at(-1)) return false;
  let matched = 0;
  for (const name of names.slice(0, -1)) if (name === wanted[matched]) matched++;
  return matched >= wanted.length - 1;
}

export function occurrences(source: SourceFile, code: Span, search: string): readonly Span[] {
  const text = withoutComments(source).slice(code.start, code.end);
  return Array.from(text.matchAll(patternOf(search)), ({ index, 0: { length } }) => ({
    start: code.start + index,
    end: code.start + index + length,
  }));
}

/** Blanked, so that offsets stay the same. */
function withoutComments({ text, comments }: SourceFile): string {
  let blank = text;
  for (const { start, end } of comments)
    blank = blank.slice(0, start) + " ".repeat(end - start) + blank.slice(end);
  return blank;
}

const trailingComma = /,(?=\s*[)\]}])/g;

function patternOf(search: string): RegExp {
  const tokens = search.replace(trailingComma, "").match(/\w+|[^\s\w]/g);
  if (!tokens) throw new Error("There is nothing to search for");
  const [first = "", ...rest] = tokens.map((token) => token.replace(/\W/, "\\$&"));
  return new RegExp(
    first + rest.map((token) => (/[)\]}]/.test(token) ? "\\s*,?\\s*" : "\\s*") + token).join(""),
    "g",
  );
}
