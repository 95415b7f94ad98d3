import { readSources } from "../source/sources.ts";
import { fileFolders, fileMutants } from "./file-list.ts";
import { type Mutant, mutants } from "./list.ts";
import { packageMutants } from "./package-list.ts";
import { signInFolders, signInMutants } from "./sign-in-list.ts";
import { workspaceFolders, workspaceMutants } from "./workspace-list.ts";

/** Mutants whose guards stand in one part of the code. */
export interface MutantGroup {
  readonly mutants: readonly Mutant[];
  /** The code that is changed. */
  readonly sources: () => ReturnType<typeof readSources>;
  /** The tests that run, as patterns of vitest. */
  readonly include: string;
  readonly exclude: string;
  /** Whether the simulation has the code: it has no files, no sign-in, and nothing that the app does not use. */
  readonly isSimulated: boolean;
}

const slow = "**/*.slow.test.ts";

export const groups: readonly MutantGroup[] = [
  {
    mutants,
    sources: () => readSources(),
    include: "{sync,tab-app}/**/*.test.{ts,tsx}",
    exclude: slow,
    isSimulated: true,
  },
  {
    mutants: fileMutants,
    sources: () => readSources(fileFolders),
    include: "api/**/*.test.ts",
    exclude: slow,
    isSimulated: false,
  },
  {
    mutants: signInMutants,
    sources: () => readSources(signInFolders),
    include: "{api/sign-in/*,server/{sign-in,attacks,access-table}.slow}.test.ts",
    exclude: "",
    isSimulated: false,
  },
  {
    mutants: workspaceMutants,
    sources: () => readSources(workspaceFolders),
    include: "{api/sign-in/sessions,server/workspaces.slow,tab-app/src/data/session/*}.test.ts",
    exclude: "",
    isSimulated: false,
  },
  {
    mutants: packageMutants,
    sources: () => readSources(["sync"]),
    include: "sync/**/*.test.ts",
    exclude: slow,
    isSimulated: false,
  },
];

export const allMutants: readonly Mutant[] = groups.flatMap((group) => group.mutants);
