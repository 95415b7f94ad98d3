import { Refusal } from "#api/http/refusal.ts";
import { type RowWrite, refused, type WriteResult } from "#api/writes/run-write.ts";
import type { IdempotencyKey } from "#sync/server";
import type { Engine } from "./engine.ts";
import type { RowStore } from "./row-store.ts";

const maxQueued = 2_000;

/** A submitted write and its promise. */
export interface QueuedWrite {
  readonly write: RowWrite;
  readonly key: IdempotencyKey | undefined;
  readonly resolve: (result: WriteResult) => void;
}

/** Writes wait here for the next turn, which takes all of them: one turn at a time. */
export interface WriteQueue {
  submit: Engine["submit"];
  /** Writes that wait. */
  readonly length: number;
  /** Starts a turn soon. */
  wake(): void;
  /** Refuses further writes. Resolves when every submitted one is answered. */
  close(): Promise<void>;
}

/** `turn` takes what is queued when it is ready for it, answers that, and never rejects. */
export function createWriteQueue(
  store: RowStore,
  turn: (take: () => readonly QueuedWrite[]) => Promise<void>,
): WriteQueue {
  let queue: QueuedWrite[] = [];
  let running: Promise<void> | null = null;
  let woken = false;
  let closed = false;

  function take(): readonly QueuedWrite[] {
    const batch = queue;
    queue = [];
    return batch;
  }

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
      await turn(take);
    }
    running = null;
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
    get length() {
      return queue.length;
    },
    wake,
    async close() {
      closed = true;
      await running;
    },
  };
}

/** Answers each write with its result. */
export function answerAll(batch: readonly QueuedWrite[], results: readonly WriteResult[]): void {
  for (const [index, { resolve }] of batch.entries()) {
    const result = results[index];
    if (result) resolve(result);
  }
}

/** Answers every write with a problem: 503, nothing was written; 504, that is not known. */
export function refuseAll(
  batch: readonly QueuedWrite[],
  detail: string,
  rev: number,
  status: 503 | 504 = 503,
): void {
  const refusal = new Refusal(status, detail, { headers: { "Retry-After": "1" } });
  for (const { resolve } of batch) resolve(refused(refusal, rev));
}
