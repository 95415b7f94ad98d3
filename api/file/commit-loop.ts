import type { Engine } from "#api/engine/engine.ts";
import type { RowStore } from "#api/engine/row-store.ts";
import { type CommitBatch, type QueuedWrite, refuseAll } from "./commit-batch.ts";
import type { FileWriter } from "./file-writer.ts";
import type { HandEdits } from "./hand-edits.ts";

const maxQueued = 2_000;
/** At the end, when another program saves the file each time that it is to be written. */
const maxAttempts = 5;

/**
 * The only way to change the data: one turn at a time applies hand edits, puts a data file in place that is ready for
 * that, and commits all queued writes.
 */
export interface CommitLoop {
  submit: Engine["submit"];
  /** Starts a turn soon, to apply hand edits and to replace the data file. */
  wake(): void;
  /** Resolves when every submitted write is answered and in the data file. */
  close(): Promise<void>;
}

export function createCommitLoop(options: {
  store: RowStore;
  handEdits: HandEdits;
  writer: FileWriter;
  commitBatch: CommitBatch;
  log: (line: string) => void;
}): CommitLoop {
  const { store, handEdits, writer, commitBatch, log } = options;
  let queue: QueuedWrite[] = [];
  let running: Promise<void> | null = null;
  let woken = false;
  let closed = false;

  function wake(): void {
    if (closed) return;
    woken = true;
    running ??= run();
  }

  async function run(): Promise<void> {
    // The first turn begins after the present task, so that the requests of one burst share a batch.
    await Promise.resolve();
    while (woken) {
      woken = false;
      await turn();
    }
    running = null;
  }

  async function turn(): Promise<void> {
    let batch: QueuedWrite[] = [];
    try {
      await handEdits.apply();
      await writer.finish();
      batch = queue;
      queue = [];
      if (batch.length > 0) await commitBatch(batch);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log(`a commit failed and nothing was written: ${reason}`);
      const failed = batch.length > 0 ? batch : queue.splice(0);
      refuseAll(failed, `The change could not be saved: ${reason}`, store.state().rev);
    }
  }

  return {
    submit(write, key) {
      return new Promise((resolve) => {
        const queued = { write, key, resolve };
        if (closed || queue.length >= maxQueued) {
          const reason = closed ? "The server is shutting down." : "Too many writes are queued.";
          refuseAll([queued], reason, store.state().rev);
          return;
        }
        queue.push(queued);
        wake();
      });
    },
    wake,
    async close() {
      closed = true;
      await running;
      try {
        for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
          await handEdits.apply();
          if (await writer.flush()) break;
        }
      } catch (error) {
        log(`the data file: ${String(error)}`);
      }
      await writer.close();
    },
  };
}
