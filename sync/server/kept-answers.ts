import { createHash } from "node:crypto";

/** How long an answer is kept for a retry, in milliseconds. */
export const answerAgeMs = 24 * 60 * 60 * 1000;

/** An `Idempotency-Key`, and what tells whether a retry is the same request. */
export interface IdempotencyKey {
  readonly key: string;
  /** Equal when a retry is the same request: see `fingerprintOf`. */
  readonly fingerprint: string;
}

/** The answer to a write that carried an `Idempotency-Key`, stored so that a retry gets it again. */
export interface KeptAnswer extends IdempotencyKey {
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface KeptAnswers<Answer extends KeptAnswer> {
  find(key: string): Answer | undefined;
  add(answers: readonly Answer[]): void;
  all(): readonly Answer[];
}

/** Bounded by count, size and age: the oldest go first. */
export function createKeptAnswers<Answer extends KeptAnswer>(options: {
  answers: readonly Answer[];
  limit: number;
  /** Characters of JSON that all answers may have together. */
  maxSize: number;
  maxAgeMs: number;
  now: () => number;
}): KeptAnswers<Answer> {
  const byKey = new Map<string, { answer: Answer; size: number }>();
  let total = 0;

  function remove(key: string): void {
    total -= byKey.get(key)?.size ?? 0;
    byKey.delete(key);
  }

  function add(answers: readonly Answer[]): void {
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

  function isFresh(answer: Answer): boolean {
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

/** What a write asks for, as one short text: its target, as `POST notes`, and its body. */
export function fingerprintOf(target: string, body: unknown): string {
  return createHash("sha256")
    .update(`${target}\n${JSON.stringify(body)}`)
    .digest("base64url");
}
