import { expect, test } from "vitest";
import { readSources } from "../source/sources.ts";
import { substitute } from "../source/substitute.ts";
import { mutants } from "./list.ts";

const sources = readSources();

test.for(mutants)("the guard still stands: $name", ({ substitutions }) => {
  for (const { path, text } of substitute(substitutions, sources))
    expect(text).not.toBe(sources.find((source) => source.path === path)?.text);
});
