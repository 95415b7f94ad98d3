/** A line of the table in `docs/mutants.md`. */
export interface Verdict {
  readonly by: string;
  readonly how: string;
}

const line = /^\| (.+?) \| .+? \| (.+?) \| (.*?) \|$/gm;
const heading = "| guard removed | what it is for | found by | how |\n|---|---|---|---|\n";

/** What found each mutant last, by its name. */
export function readVerdicts(document: string): Map<string, Verdict> {
  const rows = document.slice(document.indexOf(heading) + heading.length);
  return new Map(
    Array.from(rows.matchAll(line), ([, name = "", by = "", how = ""]) => [name, { by, how }]),
  );
}

/** The document with a table of these mutants alone, in this order. Those without a verdict have no line. */
export function withVerdicts(
  document: string,
  mutants: readonly { readonly name: string; readonly guard: string }[],
  verdicts: ReadonlyMap<string, Verdict>,
): string {
  const lines = mutants.flatMap(({ name, guard }) => {
    const verdict = verdicts.get(name);
    return verdict ? [`| ${name} | ${guard} | ${verdict.by} | ${verdict.how} |\n`] : [];
  });
  return document.slice(0, document.indexOf(heading) + heading.length) + lines.join("");
}
