import type { RowStore } from "#api/engine/row-store.ts";
import { Refusal } from "#api/http/refusal.ts";
import type { Document } from "#api/rows/document.ts";
import type { IdempotentAnswer } from "#api/writes/idempotency.ts";
import {
  type IdempotencyKey,
  type Landed,
  type RowWrite,
  refused,
  runWrite,
} from "#api/writes/run-write.ts";
import { createTransaction, type Transaction } from "#api/writes/transaction.ts";
import type { DataFile } from "./data-file.ts";
import type { HandEdits } from "./hand-edits.ts";
import type { LogFile } from "./log-file.ts";
import { hashOf } from "./log-format.ts";
import { writeDocument } from "./write-document.ts";

/** The log on disk is begun anew when it has grown by this much. */
const maxLogBytes = 8_000_000;
const maxWaiting = 2_000;

interface Waiting {
  write: RowWrite;
  key: IdempotencyKey | undefined;
  settle: (landed: Landed) => void;
}

/** The one way to change the data: a row of writes goes to disk together, then each is answered. */
export interface CommitLoop {
  /** Resolves when the write is on disk, or refused; never rejects. */
  submit(write: RowWrite, key?: IdempotencyKey): Promise<Landed>;
  /** Looks at the data file soon. */
  wake(): void;
  /** Resolves when all that was submitted is answered. */
  close(): Promise<void>;
}

export function createCommitLoop(options: {
  store: RowStore;
  dataFile: DataFile<Document>;
  logFile: LogFile;
  handEdits: HandEdits;
  now: () => number;
  log: (line: string) => void;
}): CommitLoop {
  const { store, dataFile, logFile, handEdits, now, log } = options;
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;
  let woken = false;
  let closed = false;

  function wake(): void {
    if (closed) return;
    woken = true;
    running ??= run();
  }

  async function run(): Promise<void> {
    // A turn begins after the present task, so that requests of one burst meet in one batch.
    await Promise.resolve();
    while (woken) {
      woken = false;
      await turn();
    }
    running = null;
  }

  async function turn(): Promise<void> {
    let batch: Waiting[] = [];
    try {
      await handEdits.takeIn();
      batch = waiting;
      waiting = [];
      if (batch.length > 0) await commit(batch);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log(`a commit failed and nothing was written: ${reason}`);
      refuseAll(
        batch.length > 0 ? batch : waiting.splice(0),
        `The change could not be saved: ${reason}`,
      );
    }
  }

  async function commit(batch: Waiting[]): Promise<void> {
    const file = store.file();
    if (file !== "ok") {
      refuseAll(batch, `The data file is broken, and writes wait until it is good: ${file.broken}`);
      return;
    }
    const { document, rev } = store.state();
    const transaction = createTransaction(document, rev);
    const fresh = new Map<string, IdempotentAnswer>();
    const more = { fresh, kept: store.answers, now, log };
    const landed = batch.map((item) => runWrite(transaction, item, more));
    if (transaction.changes.length > 0) {
      const kept = [...fresh.values()];
      if (!(await persist(transaction, kept))) {
        // Somebody saved the file in the meantime: take that in, then run the same writes on it.
        waiting = [...batch, ...waiting];
        woken = true;
        return;
      }
      store.adopt(
        { document: transaction.document(), rev: transaction.rev() },
        transaction.changes,
        kept,
      );
    }
    for (const [index, item] of batch.entries()) {
      const answer = landed[index];
      if (answer) item.settle(answer);
    }
    if (logFile.size() > maxLogBytes) await compact();
  }

  /** Log first, data file second: a crash between them leaves a commit that nobody was told of. */
  async function persist(
    transaction: Transaction,
    answers: readonly IdempotentAnswer[],
  ): Promise<boolean> {
    if (!(await logFile.isThere())) await compact();
    const text = writeDocument(transaction.document());
    const commit = { rev: transaction.rev(), hash: hashOf(text), puts: transaction.puts, answers };
    const [appended, prepared] = await Promise.allSettled([
      logFile.append(commit),
      dataFile.prepare(text),
    ]);
    let swapped = false;
    try {
      if (appended.status === "rejected") throw appended.reason;
      if (prepared.status === "rejected") throw prepared.reason;
      swapped = prepared.value.swap(store.state().document);
    } finally {
      if (!swapped) await logFile.undo();
    }
    // It is in place already and cannot be taken back, so a failure here is only told.
    if (swapped) await dataFile.settle().catch((error: unknown) => log(`fsync: ${String(error)}`));
    return swapped;
  }

  async function compact(): Promise<void> {
    const [changes, answers] = [store.log.all(), store.answers.all()];
    await logFile
      .checkpoint({ ...store.state(), changes, answers })
      .catch((error: unknown) => log(`the change log could not be begun anew: ${String(error)}`));
  }

  function refuseAll(batch: readonly Waiting[], detail: string): void {
    const refusal = new Refusal(503, detail, { headers: { "Retry-After": "1" } });
    for (const item of batch) item.settle(refused(refusal, store.state().rev));
  }

  return {
    submit(write, key) {
      return new Promise((settle) => {
        if (closed || waiting.length >= maxWaiting) {
          refuseAll([{ write, key, settle }], closed ? "Shutting down." : "Too many writes wait.");
          return;
        }
        waiting.push({ write, key, settle });
        wake();
      });
    },
    wake,
    async close() {
      closed = true;
      await running;
    },
  };
}
