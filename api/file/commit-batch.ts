import { beginTransaction, nextOf } from "#api/engine/begin-transaction.ts";
import type { RowStore } from "#api/engine/row-store.ts";
import { answerAll, type QueuedWrite, refuseAll } from "#api/engine/write-queue.ts";
import type { IdempotentAnswer } from "#api/writes/idempotent-answer.ts";
import { runWrite } from "#api/writes/run-write.ts";
import type { LogFile } from "./log-file.ts";

/** Runs a batch of writes in one transaction, persists it in the log and answers each write. */
export type CommitBatch = (batch: readonly QueuedWrite[]) => Promise<void>;

export function createCommitBatch(options: {
  store: RowStore;
  logFile: LogFile;
  /** Begins the log anew, because it is missing. */
  renewLog: () => Promise<void>;
  now: () => number;
  log: (line: string) => void;
}): CommitBatch {
  const { store, logFile, renewLog, now, log } = options;

  return async (batch) => {
    const file = store.file();
    if (file !== "ok") {
      const reason = `The data file is broken, and nothing can be written until it is valid: ${file.broken}`;
      refuseAll(batch, reason, store.state().rev);
      return;
    }
    const transaction = beginTransaction(store);
    const fresh = new Map<string, IdempotentAnswer>();
    const more = { fresh, answers: store.answers, now, log };
    const results = batch.map((queued) => runWrite(transaction, queued, more));
    if (transaction.changes.length > 0) {
      const answers = [...fresh.values()];
      if (!(await logFile.exists())) await renewLog();
      const { puts, changes } = transaction;
      const next = nextOf(transaction);
      const at = now();
      await logFile.append({ rev: next.rev, at, puts, answers });
      store.advance({ ...next, at }, changes, answers);
    }
    answerAll(batch, results);
  };
}
