import { createHash } from "node:crypto";
import * as z from "zod";
import { type Change, changeSchema } from "#sync/http";
import type { Document } from "./document.ts";
import type { IdempotentAnswer } from "./idempotency.ts";

const keptAnswerSchema = z.object({
  key: z.string(),
  fingerprint: z.string(),
  status: z.int(),
  body: z.unknown(),
  /** Missing in a log that an earlier version wrote. */
  changes: z.array(changeSchema).default([]),
  rev: z.int(),
  at: z.number(),
});

/** The first line of the log file: everything up to `rev`. */
export const checkpointSchema = z.object({
  format: z.literal(1),
  /** The data file it belongs to: a copied folder must not go on in the log of the original. */
  file: z.string(),
  epoch: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  rev: z.int(),
  /** SHA-256 of the data file as we would write it. */
  hash: z.string(),
  document: z.string(),
  versions: z.record(z.string(), z.record(z.string(), z.int())),
  changes: z.array(changeSchema),
  answers: z.array(keptAnswerSchema),
});

/** Every further line: one commit. */
export const commitSchema = z.object({
  rev: z.int(),
  hash: z.string(),
  puts: z.array(
    z.object({
      resource: z.string(),
      id: z.string(),
      row: z.record(z.string(), z.unknown()).nullable(),
      origin: z.string().optional(),
    }),
  ),
  answers: z.array(keptAnswerSchema),
});

export type LoggedCommit = z.infer<typeof commitSchema>;

/** A state that the log on disk can prove. */
export interface Logged {
  readonly epoch: string;
  readonly rev: number;
  readonly hash: string;
  readonly document: Document;
  readonly changes: readonly Change[];
  readonly answers: readonly IdempotentAnswer[];
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
