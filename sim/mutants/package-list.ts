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
  mutant(
    "one write at a time",
    "writes to a server's log get revisions in the order in which they are told of",
    "createLog > inTurn",
    "last.then(run)",
    "run()",
  ),
  mutant(
    "changes of other processes",
    "what another process wrote is told before an own write",
    "createLog > runOnce",
    "publish(missed);",
    "",
  ),
  mutant(
    "key of another request",
    "an Idempotency-Key that was used for another request is refused",
    "createLog > replay",
    "if (known.fingerprint !== key.fingerprint) throw keyReused();",
    "",
  ),
  mutant(
    "reader that reads nothing",
    "a change stream of which nothing is read is cut",
    "openEventStream > ping",
    "unreadPings >= maxUnreadPings",
    "false",
  ),
  mutant(
    "changes after the end",
    "a stream that has ended brings no change that was made before",
    "openEvents > nextChanges",
    "isOver || from",
    "from",
  ),
  mutant(
    "torn line of a log",
    "a line that a crash tore is not taken for one",
    "unsealLines",
    "text.slice(0, text.lastIndexOf(",
    "text.slice(0, text.length + text.lastIndexOf(",
  ),
];
