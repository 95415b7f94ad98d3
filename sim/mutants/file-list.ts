import { type Mutant, mutant } from "./list.ts";

/** Where the code of the data file is: the lines of its log are those of the package. */
export const fileFolders = ["api/file", "sync/server"];

/** Guards of the data file: each must be found by a unit test of the API. */
export const fileMutants: readonly Mutant[] = [
  mutant(
    "states over a start",
    "a file saved just before a crash is merged with what it was made from",
    "loadState",
    "return { state: newest, recent,",
    "return { state: newest, recent: createRecentStates(),",
  ),
  mutant(
    "time without a server",
    "a save made from a save, while no server ran, undoes no write",
    "createRecentStates > baseOf",
    "stoppedAt !== null && changedAt - stoppedAt < downMs",
    "false",
  ),
  mutant(
    "saved files as bases",
    "a buffer may be saved again and again",
    "createRecentStates > addSaved",
    "states.push(state);",
    "",
  ),
  mutant(
    "time of the save",
    "a save that is applied late is still the base of the buffer's next save",
    "createHandEdits > commit",
    "Math.min(now(), file?.changedAt ?? Number.POSITIVE_INFINITY)",
    "now()",
  ),
  mutant(
    "no base from the future",
    "what came into the file after a save is not what it was made from",
    "findBase",
    "until >= changedAt + toleranceMs",
    "false",
  ),
  mutant(
    "an edit may undo an edit",
    "what a person put back stays put back",
    "findBase",
    "state.until >= readBefore - raceMs && distance > 0",
    "state.until >= readBefore - raceMs",
  ),
  mutant(
    "take, then put",
    "a file that another program saves during a replacement is not written over",
    "exchange",
    "fs.linkSync(temporary, file);",
    "fs.renameSync(temporary, file);",
  ),
  mutant(
    "late writes",
    "what is written to a file that was just replaced is found",
    "step",
    "await applyLateWrites();",
    "",
  ),
  mutant(
    "checksum of a line",
    "a flipped bit in the log is noticed",
    "unsealLines",
    "const isRight = sum === checksumOf(json, previous);",
    "const isRight = true;",
  ),
  mutant(
    "what the file never held",
    "a state that only the log had is not what a file was made from",
    "createRecentStates > add",
    "present = { until: never };",
    "present = { until: at };",
  ),
  mutant(
    "what the file holds still",
    "what a late file is made from does not grow too old",
    "createRecentStates > hold",
    "next.until = Number.POSITIVE_INFINITY;",
    "next.until = at;",
  ),
  mutant(
    "file behind the log",
    "what is committed to the log gets into the file",
    "createFileWriter > changed",
    "pending.add(moved.steps);",
    "",
  ),
  mutant(
    "file up to date at a stop",
    "a server that was stopped leaves all of its rows in the file",
    "createCommitLoop > close",
    "if (await writer.flush()) break;",
    "break;",
  ),
  mutant(
    "line before a replacement",
    "after a crash a file that is behind the log is not taken for an edit",
    "createFileWriter > put",
    "await logFile.append({ at: now(), written, behind, over });",
    "",
  ),
  mutant(
    "no answer without a log",
    "a write is refused when the log cannot be written",
    "createCommitBatch",
    "if (!(await logFile.exists())) await renewLog();",
    "if (!(await logFile.exists())) await renewLog().catch(() => {});",
  ),
  mutant(
    "file put back from the log",
    "a file that a crash left without a name is as the log has it",
    "putBack",
    "newest ? rewrite(bytes, newest.document) : bytes",
    "bytes",
  ),
  mutant(
    "log continued",
    "a start does not forget what was before it",
    "openLocked",
    "openLogFile(logPath, file, loaded.tail)",
    "openLogFile(logPath, file)",
  ),
  mutant(
    "text of what is not changed",
    "a pin changes one line of the file",
    "prepareNext",
    "map ? spliceText(map, of.pending, document) : writeAnew(document)",
    "writeAnew(document)",
  ),
];
