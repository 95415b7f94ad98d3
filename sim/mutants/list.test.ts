import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../source/sources.ts";
import { substitute } from "../source/substitute.ts";
import { allMutants, groups } from "./all.ts";
import { readVerdicts, withVerdicts } from "./table.ts";

test.each(
  groups.flatMap(({ mutants, sources }) => {
    const read = sources();
    return mutants.map((mutant) => ({ ...mutant, sources: read }));
  }),
)("the guard still stands: $name", ({ substitutions, sources }) => {
  for (const { path, text } of substitute(substitutions, sources))
    expect(text).not.toBe(sources.find((source) => source.path === path)?.text);
});

test("the table has lines of these mutants alone, in their order, and something found each", () => {
  const document = readFileSync(join(root, "docs/mutants.md"), "utf8");
  const verdicts = readVerdicts(document);
  expect(withVerdicts(document, allMutants, verdicts)).toBe(document);
  for (const [name, { by }] of verdicts) expect([name, by]).not.toEqual([name, "**nothing**"]);
});
