import type { SourceFile } from "./sources.ts";
import type { ChangedFile } from "./substitute.ts";

/** A text that occurs exactly once in a file, letter by letter. Moving or formatting code breaks it. */
export interface FileSubstitution {
  /** From the root of the repository. */
  readonly file: string;
  readonly search: string;
  readonly replace: string;
}

export function substituteInFile(
  { file, search, replace }: FileSubstitution,
  files: ReadonlyMap<string, SourceFile>,
): ChangedFile {
  const source = files.get(file);
  if (!source) throw new Error(`${file} is no source of a tab`);
  const [before, after, ...more] = source.text.split(search);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`${file}: expected exactly once:\n${search}`);
  return { path: file, text: before + replace + after };
}
