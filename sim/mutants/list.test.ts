import { expect, test } from "vitest";
import { readSources } from "../source/sources.ts";
import { substitute } from "../source/substitute.ts";
import { fileFolders, fileMutants } from "./file-list.ts";
import { type Mutant, mutants } from "./list.ts";
import { packageMutants } from "./package-list.ts";
import { signInFolders, signInMutants } from "./sign-in-list.ts";

const ofTabs = readSources();
const ofFile = readSources(fileFolders);
const ofSignIn = readSources(signInFolders);
const all: [Mutant, typeof ofTabs][] = [
  ...mutants.map((mutant) => [mutant, ofTabs] as [Mutant, typeof ofTabs]),
  ...packageMutants.map((mutant) => [mutant, ofTabs] as [Mutant, typeof ofTabs]),
  ...fileMutants.map((mutant) => [mutant, ofFile] as [Mutant, typeof ofTabs]),
  ...signInMutants.map((mutant) => [mutant, ofSignIn] as [Mutant, typeof ofTabs]),
];

test.each(all.map(([mutant, sources]) => ({ ...mutant, sources })))(
  "the guard still stands: $name",
  ({ substitutions, sources }) => {
    for (const { path, text } of substitute(substitutions, sources))
      expect(text).not.toBe(sources.find((source) => source.path === path)?.text);
  },
);
