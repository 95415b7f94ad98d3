import type { RowStore } from "#api/engine/row-store.ts";
import type { AccountHistory } from "./account-history.ts";
import type { DataFile } from "./data-file.ts";
import type { LogFile } from "./log-file.ts";
import type { RecentStates } from "./recent-states.ts";

/** What the state on disk is made of, and from. */
export interface StoredParts {
  store: RowStore;
  history: AccountHistory;
  dataFile: DataFile;
  logFile: LogFile;
  recent: RecentStates;
  now: () => number;
}

/** Begins the log on disk anew with the present state, and with what the data file holds. */
export async function compactLog(parts: StoredParts): Promise<void> {
  const { store, history, dataFile, logFile, recent, now } = parts;
  const state = store.state();
  const kept = {
    changes: store.log.all(),
    answers: store.answers.all(),
    history: history.all(),
  };
  const hash = dataFile.mark()?.hash;
  const document = recent.heldOf(state.document);
  const isState = document === state.document;
  const held = hash && document ? { hash, ...(!isState && { document }) } : null;
  await logFile.checkpoint({ ...state, ...kept }, now(), held);
}
