import { createHash } from "node:crypto";
import * as z from "zod";
import { historyEntrySchema } from "#contract/history.ts";
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

/**
 * The first line of the log file: the whole state at `rev`. Format 1 had no checksums and no times; up to format 2 each
 * commit replaced the data file, and each line had the hash of the document after it.
 */
export const checkpointSchema = z.object({
  format: z.literal([1, 2, 3]),
  /** The data file that it belongs to: a copied folder must not continue the log of the original. */
  file: z.string(),
  epoch: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  rev: z.int(),
  /** SHA-256 of the document as `writeDocument` formats it. Up to format 2. */
  hash: z.string().optional(),
  /** SHA-256 of the data file, if it held this state. From format 3. */
  held: z.string().optional(),
  /** What the data file held instead, with the SHA-256 of its bytes. Missing where that was not known. */
  inFile: z.object({ hash: z.string(), document: z.string() }).optional(),
  /** When the state was reached, in milliseconds since the Unix epoch. */
  at: z.number().default(0),
  document: z.string(),
  versions: z.record(z.string(), z.record(z.string(), z.int())),
  changes: z.array(changeSchema),
  answers: z.array(answerSchema),
  /** Missing in a log that an earlier version wrote. */
  history: z.array(z.object({ accountId: z.string(), ...historyEntrySchema.shape })).default([]),
});

const putSchema = z.object({
  resource: z.string(),
  id: z.string(),
  row: z.record(z.string(), z.unknown()).nullable(),
  origin: z.string().optional(),
  author: z.string().optional(),
});

const oldFields = {
  /** SHA-256 of the document after it. */
  hash: z.string().optional(),
  /** The time stamp of the data file that it replaced. */
  over: z.number().optional(),
};

/** A line of the log file for a commit. */
export const commitSchema = z.object({
  rev: z.int(),
  at: z.number().default(0),
  puts: z.array(putSchema),
  answers: z.array(answerSchema),
  ...oldFields,
});

/** A line of the log file for an edit by hand. */
export const editSchema = z.object({
  rev: z.int(),
  at: z.number(),
  /** The document after it. */
  document: z.string(),
  /** The saved file, where it was merged. */
  saved: z.string().optional(),
  /** SHA-256 of the data file, unless the edit was saved to a file that had been replaced. */
  inFile: z.string().optional(),
  ...oldFields,
});

/** A line of the log file that precedes each replacement of the data file. */
export const writtenSchema = z.object({
  at: z.number(),
  /** SHA-256 of the next contents. */
  written: z.string(),
  /** How many lines for commits and edits stand between the state that these are and this line. */
  behind: z.int(),
  /** The file that is replaced. Its time stamp tells a crash before the replacement from a later save of the same. */
  over: z.object({ hash: z.string(), modifiedAt: z.number() }).optional(),
});

export const lineSchema = z.union([commitSchema, editSchema, writtenSchema]);

export type LoggedEdit = z.input<typeof editSchema>;
export type LoggedWrite = z.input<typeof writtenSchema>;
export type LoggedLine = z.output<typeof lineSchema>;
export type LoggedCheckpoint = z.output<typeof checkpointSchema>;

export function hashOf(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** The same, of a text that comes in pieces. */
export function createTextHash(): { update(bytes: Uint8Array): void; digest(): string } {
  const hash = createHash("sha256");
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest("base64url") };
}
