import type { RowStore } from "#api/engine/row-store.ts";
import type { LogFile } from "./log-file.ts";

/** Begins the log on disk anew with the present state. A failure is logged: the next commit tries again. */
export async function compactLog(options: {
  store: RowStore;
  logFile: LogFile;
  now: () => number;
  log: (line: string) => void;
}): Promise<void> {
  const { store, logFile, now, log } = options;
  const [changes, answers] = [store.log.all(), store.answers.all()];
  await logFile
    .checkpoint({ ...store.state(), changes, answers }, now())
    .catch((error: unknown) => log(`the change log could not be compacted: ${String(error)}`));
}
