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

/** The first line of the log file: the whole state at `rev`. Format 1 had no checksums and no times. */
export const checkpointSchema = z.object({
  format: z.literal([1, 2]),
  /** The data file that it belongs to: a copied folder must not continue the log of the original. */
  file: z.string(),
  epoch: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  rev: z.int(),
  /** SHA-256 of the data file as `writeDocument` formats it. */
  hash: z.string(),
  /** When the state was reached, in milliseconds since the Unix epoch. */
  at: z.number().default(0),
  document: z.string(),
  versions: z.record(z.string(), z.record(z.string(), z.int())),
  changes: z.array(changeSchema),
  answers: z.array(answerSchema),
});

const putSchema = z.object({
  resource: z.string(),
  id: z.string(),
  row: z.record(z.string(), z.unknown()).nullable(),
  origin: z.string().optional(),
});

/** A line of the log file for a commit. */
export const commitSchema = z.object({
  rev: z.int(),
  hash: z.string(),
  at: z.number().default(0),
  /** The time stamp of the data file that it replaced: tells a crash before the replacement from a later save. */
  over: z.number().optional(),
  puts: z.array(putSchema),
  answers: z.array(answerSchema),
});

/** A line of the log file for an edit by hand. */
export const editSchema = z.object({
  rev: z.int(),
  hash: z.string(),
  at: z.number(),
  over: z.number().optional(),
  /** The document after it. */
  document: z.string(),
  /** The saved file, where it was merged. */
  saved: z.string().optional(),
});

export const lineSchema = z.union([commitSchema, editSchema]);

export type LoggedCommit = z.infer<typeof commitSchema>;
export type LoggedEdit = z.infer<typeof editSchema>;
export type LoggedLine = z.infer<typeof lineSchema>;

/** A state that the log on disk proves by the hash of its document. */
export interface LoggedState extends SavedState {
  readonly hash: string;
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** In characters. */
export const checksumLength = 22;

/** The checksum of a line covers the checksum before it, so that a missing line is noticed as well. */
export function checksumOf(json: string, previous: string): string {
  return hashOf(`${previous}\n${json}`).slice(0, checksumLength);
}

/** Where the lines of a verified log end, in bytes, and what the checksum of the next one continues. */
export interface LogTail {
  /** The end of the checkpoint. */
  readonly start: number;
  readonly end: number;
  readonly checksum: string;
}
