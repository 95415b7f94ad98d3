import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { substitute } from "../tab/realms.ts";
import { mutants } from "./list.ts";

test.for(mutants)("the text of the mutant still stands: $name", ({ substitutions }) => {
  for (const each of substitutions) {
    const text = readFileSync(new URL(`../../${each.file}`, import.meta.url), "utf8");
    expect(substitute(text, each)).not.toBe(text);
  }
});
