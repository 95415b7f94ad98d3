import type { RowStore } from "#api/engine/row-store.ts";
import { Refusal } from "#api/http/refusal.ts";
import type { IdempotentAnswer } from "#api/writes/idempotency.ts";
import {
  type IdempotencyKey,
  type RowWrite,
  refused,
  runWrite,
  type WriteResult,
} from "#api/writes/run-write.ts";
import { createTransaction, type Transaction } from "#api/writes/transaction.ts";
import { compactLog } from "./compact-log.ts";
import type { DataFile } from "./data-file.ts";
import type { LogFile } from "./log-file.ts";
import { hashOf } from "./log-format.ts";
import { writeDocument } from "./write-document.ts";

/** A submitted write and its promise. */
export interface QueuedWrite {
  write: RowWrite;
  key: IdempotencyKey | undefined;
  resolve: (result: WriteResult) => void;
}

/**
 * Runs a batch of writes in one transaction, persists it and answers each write. False when the data file
 * was edited meanwhile: then nothing is done, and the batch has to run again on the edited rows. With `logOnly` the
 * data file is left as it is, because a program keeps saving it; the next edit is merged with the commit.
 */
export type CommitBatch = (
  batch: readonly QueuedWrite[],
  options: { logOnly: boolean },
) => Promise<boolean>;

export function createCommitBatch(options: {
  store: RowStore;
  dataFile: DataFile;
  logFile: LogFile;
  now: () => number;
  log: (line: string) => void;
}): CommitBatch {
  const { store, dataFile, logFile, now, log } = options;

  /** Log first, data file second: after a crash between them the log has a commit that was not acknowledged. */
  async function persist(
    transaction: Transaction,
    answers: readonly IdempotentAnswer[],
    logOnly: boolean,
  ): Promise<boolean> {
    if (!(await logFile.exists())) await compactLog(options);
    const text = writeDocument(transaction.document());
    const commit = {
      rev: transaction.rev(),
      hash: hashOf(text),
      at: now(),
      over: dataFile.modifiedAt(),
      puts: transaction.puts,
      answers,
    };
    if (logOnly) {
      await logFile.append(commit);
      return true;
    }
    const [appended, prepared] = await Promise.allSettled([
      logFile.append(commit),
      dataFile.prepare(text),
    ]);
    let replaced = false;
    try {
      if (appended.status === "rejected") throw appended.reason;
      if (prepared.status === "rejected") throw prepared.reason;
      replaced = prepared.value();
    } finally {
      if (!replaced) await logFile.undo();
    }
    // The file is replaced already and this cannot be undone, so a failure is only logged.
    if (replaced) await dataFile.flush().catch((error: unknown) => log(`fsync: ${String(error)}`));
    return replaced;
  }

  return async (batch, { logOnly }) => {
    const file = store.file();
    const { document, rev } = store.state();
    if (file !== "ok") {
      const reason = `The data file is broken, and nothing can be written until it is valid: ${file.broken}`;
      refuseAll(batch, reason, rev);
      return true;
    }
    const transaction = createTransaction(document, rev, {
      counts: store.counts,
      logged: store.log.find,
    });
    const fresh = new Map<string, IdempotentAnswer>();
    const more = { fresh, answers: store.answers, now, log };
    const results = batch.map((queued) => runWrite(transaction, queued, more));
    if (transaction.changes.length > 0) {
      const answers = [...fresh.values()];
      if (!(await persist(transaction, answers, logOnly))) return false;
      const next = { steps: transaction.steps, rev: transaction.rev() };
      store.advance(next, transaction.changes, answers);
    }
    for (const [index, { resolve }] of batch.entries()) {
      const result = results[index];
      if (result) resolve(result);
    }
    if (logFile.isLong()) await compactLog(options);
    return true;
  };
}

/** Answers every write with a 503 problem. */
export function refuseAll(batch: readonly QueuedWrite[], detail: string, rev: number): void {
  const refusal = new Refusal(503, detail, { headers: { "Retry-After": "1" } });
  for (const { resolve } of batch) resolve(refused(refusal, rev));
}
