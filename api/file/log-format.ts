import { createHash } from "node:crypto";
import * as z from "zod";
import type { SavedState } from "#api/engine/row-store.ts";
import { changeSchema } from "#sync/http";

const answerSchema = z.object({
  key: z.string(),
  fingerprint: z.string(),
  status: z.int(),
  body: z.unknown(),
  /** Missing in a log that an earlier version wrote. */
  changes: z.array(changeSchema).default([]),
  rev: z.int(),
  at: z.number(),
});

/** The first line of the log file: the whole state at `rev`. */
export const checkpointSchema = z.object({
  format: z.literal(1),
  /** The data file that it belongs to: a copied folder must not continue the log of the original. */
  file: z.string(),
  epoch: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  rev: z.int(),
  /** SHA-256 of the data file as `writeDocument` formats it. */
  hash: z.string(),
  document: z.string(),
  versions: z.record(z.string(), z.record(z.string(), z.int())),
  changes: z.array(changeSchema),
  answers: z.array(answerSchema),
});

/** Every further line of the log file: one commit. */
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
  answers: z.array(answerSchema),
});

export type LoggedCommit = z.infer<typeof commitSchema>;

/** A state that the log on disk proves by the hash of its document. */
export interface LoggedState extends SavedState {
  readonly hash: string;
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
