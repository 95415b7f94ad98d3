import type { DataFile } from "./data-file.ts";
import type { Document } from "./document.ts";
import { createDraft, type Draft } from "./draft.ts";
import type { HandEdits } from "./hand-edits.ts";
import type { KeptAnswer } from "./kept-answers.ts";
import type { LogFile } from "./log-file.ts";
import { hashOf } from "./log-format.ts";
import { Refusal } from "./refusal.ts";
import { type Landed, refused, runWrite, type Write, type WriteKey } from "./run-write.ts";
import type { Store } from "./store.ts";
import { writeDocument } from "./write-document.ts";

/** The log on disk is begun anew when it has grown by this much. */
const maxLogBytes = 8_000_000;
const maxWaiting = 2_000;

interface Waiting {
  write: Write;
  key: WriteKey | undefined;
  settle: (landed: Landed) => void;
}

/** The one way to change the data: a row of writes goes to disk together, then each is answered. */
export interface CommitLoop {
  /** Resolves when the write is on disk, or refused; never rejects. */
  submit(write: Write, key?: WriteKey): Promise<Landed>;
  /** Looks at the data file soon. */
  wake(): void;
  /** Resolves when all that was submitted is answered. */
  close(): Promise<void>;
}

export function createCommitLoop(options: {
  store: Store;
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
    const draft = createDraft(document, rev);
    const fresh = new Map<string, KeptAnswer>();
    const more = { fresh, kept: store.answers, now, log };
    const landed = batch.map((item) => runWrite(draft, item, more));
    if (draft.changes.length > 0) {
      const kept = [...fresh.values()];
      if (!(await persist(draft, kept))) {
        // Somebody saved the file in the meantime: take that in, then run the same writes on it.
        waiting = [...batch, ...waiting];
        woken = true;
        return;
      }
      store.adopt({ document: draft.document(), rev: draft.rev() }, draft.changes, kept);
    }
    for (const [index, item] of batch.entries()) {
      const answer = landed[index];
      if (answer) item.settle(answer);
    }
    if (logFile.size() > maxLogBytes) await compact();
  }

  /** Log first, data file second: a crash between them leaves a commit that nobody was told of. */
  async function persist(draft: Draft, answers: readonly KeptAnswer[]): Promise<boolean> {
    if (!(await logFile.isThere())) await compact();
    const text = writeDocument(draft.document());
    const commit = { rev: draft.rev(), hash: hashOf(text), puts: draft.puts, answers };
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
