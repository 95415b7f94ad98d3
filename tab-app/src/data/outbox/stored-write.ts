import * as z from "zod/mini";
import { problemSchema } from "#contract/rows.ts";
import { ApiError } from "#data/server/api-error.ts";
import { ConflictError } from "./conflict-error.ts";
import type { OutboxEntry } from "./outbox.ts";
import { writeSchema } from "./writes.ts";

const failureSchema = z.object({
  message: z.string(),
  status: z.optional(z.number()),
  problem: z.optional(problemSchema),
  conflict: z.optional(
    z.object({
      conflicts: z.array(
        z.object({ field: z.string(), base: z.string(), theirs: z.string(), mine: z.string() }),
      ),
      theirs: z.object({ version: z.int(), fields: z.record(z.string(), z.string()) }),
    }),
  ),
});
type Failure = z.infer<typeof failureSchema>;

const storedSchema = z.object({
  write: writeSchema,
  submittedAt: z.number(),
  number: z._default(z.int().check(z.nonnegative()), 0),
  draft: z._default(z.nullable(z.string()), null),
  /** Of those that are sent together. */
  batch: z._default(z.nullable(z.string()), null),
  /** Null while it may still succeed. */
  failure: z.nullable(failureSchema),
});
/** A write as it is on disk, from the click to the answer. */
export type StoredWrite = z.infer<typeof storedSchema>;

export function storedOf(entry: OutboxEntry): StoredWrite {
  const { write, submittedAt, number, draft, batch = null, state, error } = entry;
  const hasFailed = state === "failed" || state === "conflict";
  const failure = hasFailed && error ? failureOf(error) : null;
  return { write, submittedAt, number, draft, batch, failure };
}

/** Null for junk. */
export function readStored(value: unknown): OutboxEntry | null {
  const { data } = storedSchema.safeParse(value);
  if (!data) return null;
  const { failure, ...asked } = data;
  if (!failure) return { ...asked, state: "waiting", error: null };
  return {
    ...asked,
    state: failure.conflict ? "conflict" : "failed",
    error: errorOf(failure),
  };
}

function failureOf(error: Error): Failure {
  const { message } = error;
  if (error instanceof ApiError)
    return { message, status: error.status, ...(error.problem && { problem: error.problem }) };
  if (error instanceof ConflictError) {
    const { conflicts, theirs } = error;
    const { version, fields } = theirs;
    return {
      message,
      conflict: { conflicts: [...conflicts], theirs: { version, fields: { ...fields } } },
    };
  }
  return { message };
}

function errorOf({ message, status, problem, conflict }: Failure): Error {
  if (conflict) return new ConflictError(conflict.conflicts, conflict.theirs);
  if (status !== undefined) return new ApiError(message, status, problem);
  return new Error(message);
}
