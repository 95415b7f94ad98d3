import { createHash } from "node:crypto";
import type { Change } from "#sync/http";

/** The answer to a write that carried an `Idempotency-Key`, kept so that a retry gets it again. */
export interface IdempotentAnswer {
  readonly key: string;
  /** Tells whether a retry is the same request. */
  readonly fingerprint: string;
  readonly status: number;
  readonly body: unknown;
  readonly changes: readonly Change[];
  readonly rev: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface IdempotentAnswers {
  find(key: string): IdempotentAnswer | undefined;
  keep(answers: readonly IdempotentAnswer[]): void;
  all(): readonly IdempotentAnswer[];
}

/** Bounded by count and age: the oldest go first. */
export function createIdempotentAnswers(options: {
  answers: readonly IdempotentAnswer[];
  limit: number;
  maxAgeMs: number;
  now: () => number;
}): IdempotentAnswers {
  const kept = new Map(options.answers.map((answer) => [answer.key, answer]));

  function isFresh(answer: IdempotentAnswer): boolean {
    return options.now() - answer.at < options.maxAgeMs;
  }

  return {
    find(key) {
      const answer = kept.get(key);
      return answer && isFresh(answer) ? answer : undefined;
    },
    keep(answers) {
      for (const answer of answers) kept.set(answer.key, answer);
      for (const [key, answer] of kept) {
        if (kept.size <= options.limit && isFresh(answer)) break;
        kept.delete(key);
      }
    },
    all: () => [...kept.values()].filter(isFresh),
  };
}

export function fingerprintOf(path: string, body: unknown): string {
  return createHash("sha256")
    .update(`${path}\n${JSON.stringify(body)}`)
    .digest("base64url");
}
