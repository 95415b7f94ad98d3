import type { Engine } from "#api/engine/engine.ts";
import type { RowStore } from "#api/engine/row-store.ts";
import { createWriteQueue, type QueuedWrite, refuseAll } from "#api/engine/write-queue.ts";
import type { CommitBatch } from "./commit-batch.ts";
import type { FileWriter } from "./file-writer.ts";
import type { HandEdits } from "./hand-edits.ts";

/** At the end, when another program saves the file each time that it is to be written. */
const maxAttempts = 5;

/**
 * The only way to change the data: one turn at a time applies hand edits, puts a data file in place that is ready for
 * that, and commits all queued writes.
 */
export interface CommitLoop {
  submit: Engine["submit"];
  /** Writes that wait for a turn. */
  queued(): number;
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

  const queue = createWriteQueue(store, async (take) => {
    let batch: readonly QueuedWrite[] = [];
    try {
      await handEdits.apply();
      await writer.finish();
      batch = take();
      if (batch.length > 0) await commitBatch(batch);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log(`a commit failed and nothing was written: ${reason}`);
      const failed = batch.length > 0 ? batch : take();
      refuseAll(failed, `The change could not be saved: ${reason}`, store.state().rev);
    }
  });

  return {
    submit: queue.submit,
    queued: () => queue.length,
    wake: queue.wake,
    async close() {
      await queue.close();
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
