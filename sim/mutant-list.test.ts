import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { mutants } from "./mutant-list.ts";
import { substitute } from "./realms.ts";

test.for(mutants)("the text of the mutant still stands: $name", ({ substitutions }) => {
  for (const each of substitutions) {
    const text = readFileSync(new URL(`../${each.file}`, import.meta.url), "utf8");
    expect(substitute(text, each)).not.toBe(text);
  }
});
