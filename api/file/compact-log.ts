import type { RowStore } from "#api/engine/row-store.ts";
import type { AccountHistory } from "./account-history.ts";
import type { LogFile } from "./log-file.ts";

/** Begins the log on disk anew with the present state; `held` is the hash of the data file, if that holds it. */
export async function compactLog(
  options: {
    store: RowStore;
    history: AccountHistory;
    logFile: LogFile;
    now: () => number;
  },
  held: string | undefined,
): Promise<void> {
  const { store, history, logFile, now } = options;
  const kept = {
    changes: store.log.all(),
    answers: store.answers.all(),
    history: history.all(),
  };
  await logFile.checkpoint({ ...store.state(), ...kept }, now(), held);
}
