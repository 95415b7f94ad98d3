import { createHash } from "node:crypto";
import type { Change } from "#sync/http";

/** How long an answer is kept for a retry, in milliseconds. */
export const answerAgeMs = 24 * 60 * 60 * 1000;

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

/** Bounded by count, size and age: the oldest go first. */
export function createIdempotentAnswers(options: {
  answers: readonly IdempotentAnswer[];
  limit: number;
  /** Characters of JSON that all answers may have together. */
  maxSize: number;
  maxAgeMs: number;
  now: () => number;
}): IdempotentAnswers {
  const byKey = new Map<string, { answer: IdempotentAnswer; size: number }>();
  let total = 0;

  function remove(key: string): void {
    total -= byKey.get(key)?.size ?? 0;
    byKey.delete(key);
  }

  function add(answers: readonly IdempotentAnswer[]): void {
    for (const answer of answers) {
      remove(answer.key);
      const size = JSON.stringify(answer).length;
      byKey.set(answer.key, { answer, size });
      total += size;
    }
    for (const [key, { answer }] of byKey) {
      const isFull = byKey.size > options.limit || total > options.maxSize;
      if (!isFull && isFresh(answer)) break;
      remove(key);
    }
  }

  function isFresh(answer: IdempotentAnswer): boolean {
    return options.now() - answer.at < options.maxAgeMs;
  }

  add(options.answers);
  return {
    find(key) {
      const answer = byKey.get(key)?.answer;
      return answer && isFresh(answer) ? answer : undefined;
    },
    add,
    all: () => Array.from(byKey.values(), ({ answer }) => answer).filter(isFresh),
  };
}

export function fingerprintOf(path: string, body: unknown): string {
  return createHash("sha256")
    .update(`${path}\n${JSON.stringify(body)}`)
    .digest("base64url");
}
