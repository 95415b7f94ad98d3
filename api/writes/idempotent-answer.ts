import type { Change } from "#sync/http";
import type { KeptAnswer, KeptAnswers } from "#sync/server";

/** The answer to a write that carried an `Idempotency-Key`. */
export interface IdempotentAnswer extends KeptAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly changes: readonly Change[];
  readonly rev: number;
}

export type IdempotentAnswers = KeptAnswers<IdempotentAnswer>;
