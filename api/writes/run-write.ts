import { Refusal } from "#api/http/refusal.ts";
import type { Change } from "#sync/http";
import type { IdempotencyKey } from "#sync/server";
import type { IdempotentAnswer, IdempotentAnswers } from "./idempotent-answer.ts";
import type { Transaction } from "./transaction.ts";

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Of the row: those that the write made or, where it made none, the latest; without their rows. */
  readonly changes: readonly Change[];
  readonly headers?: Readonly<Record<string, string>>;
}

export interface WriteResult extends Answer {
  /** The revision of the state that the answer shows. */
  readonly rev: number;
  /** It answers a retry: the write was done before. */
  readonly replayed: boolean;
}

/**
 * A write is a pure function of the state: it may be run again on a newer one. It refuses by throwing
 * a `Refusal`, and then must not have put anything.
 */
export type RowWrite = (transaction: Transaction) => Answer;

/**
 * Runs one write of a batch on its transaction. `fresh` collects the answers of this batch to keep, which
 * count only once the batch is on disk.
 */
export function runWrite(
  transaction: Transaction,
  { write, key }: { write: RowWrite; key: IdempotencyKey | undefined },
  more: {
    fresh: Map<string, IdempotentAnswer>;
    answers: Pick<IdempotentAnswers, "find">;
    now: () => number;
    log: (line: string) => void;
  },
): WriteResult {
  try {
    const known = key && (more.fresh.get(key.key) ?? more.answers.find(key.key));
    if (known && known.fingerprint !== key?.fingerprint) {
      throw new Refusal(422, "This Idempotency-Key was used for another request.", {
        field: "Idempotency-Key",
      });
    }
    if (known) {
      const { status, body, changes, rev } = known;
      return { status, body, changes, rev, replayed: true };
    }
    const { status, body, changes } = write(transaction);
    const rev = transaction.rev();
    if (key) more.fresh.set(key.key, { ...key, status, body, changes, rev, at: more.now() });
    return { status, body, changes, rev, replayed: false };
  } catch (error) {
    if (error instanceof Refusal) return refused(error, transaction.rev());
    more.log(`a write failed: ${String(error)}`);
    return refused(new Refusal(500, "The write failed."), transaction.rev());
  }
}

export function refused({ problem, headers }: Refusal, rev: number): WriteResult {
  return { status: problem.status, body: problem, changes: [], headers, rev, replayed: false };
}
