import { type Mutant, mutant } from "./list.ts";

/** Guards of what the package offers beside a sync: each must be found by one of its unit tests. */
export const packageMutants: readonly Mutant[] = [
  mutant(
    "leader of a task heard",
    "no tab runs a task of one tab beside the one that is heard",
    "runInOneTab",
    `if (received.message.act === "hold") candidate.heard();`,
    "",
  ),
  mutant(
    "leader of a task that stood in",
    "a tab that stood in for the one that ran a task, and runs it then, runs it once",
    "runInOneTab",
    "candidate.heard();\n      return run();",
    "return run();",
  ),
  mutant(
    "task without a channel",
    "where no tab can be heard, none stands in for the one that runs a task",
    "runInOneTab",
    "channel.available ? run() : () => {}",
    "run()",
  ),
  mutant(
    "beacon of a task",
    "with Web Locks, the tab that runs a task is heard",
    "runInOneTab",
    `if (running && locks) post({ act: "hold", term: 0, silent: [] });`,
    "",
  ),
];
