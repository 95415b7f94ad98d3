import { createHash } from "node:crypto";
import type { Change } from "#sync/http";

/** The answer to a write that carried an `Idempotency-Key`, stored so that a retry gets it again. */
export interface IdempotentAnswer {
  readonly key: string;
  /** Equal when a retry is the same request. */
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
  add(answers: readonly IdempotentAnswer[]): void;
  all(): readonly IdempotentAnswer[];
}

/** Bounded by count and age: the oldest go first. */
export function createIdempotentAnswers(options: {
  answers: readonly IdempotentAnswer[];
  limit: number;
  maxAgeMs: number;
  now: () => number;
}): IdempotentAnswers {
  const byKey = new Map(options.answers.map((answer) => [answer.key, answer]));

  function isFresh(answer: IdempotentAnswer): boolean {
    return options.now() - answer.at < options.maxAgeMs;
  }

  return {
    find(key) {
      const answer = byKey.get(key);
      return answer && isFresh(answer) ? answer : undefined;
    },
    add(answers) {
      for (const answer of answers) byKey.set(answer.key, answer);
      for (const [key, answer] of byKey) {
        if (byKey.size <= options.limit && isFresh(answer)) break;
        byKey.delete(key);
      }
    },
    all: () => [...byKey.values()].filter(isFresh),
  };
}

export function fingerprintOf(path: string, body: unknown): string {
  return createHash("sha256")
    .update(`${path}\n${JSON.stringify(body)}`)
    .digest("base64url");
}
