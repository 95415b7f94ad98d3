import * as z from "zod/mini";
import { decisions, paths, type TraceEntry } from "#sync";
import { changeSchema } from "#sync/http";

const text = z.string().check(z.maxLength(2000));
const head = { seq: z.int(), at: z.number() };

const changeEntry = z.object({
  ...head,
  type: z.literal("change"),
  path: z.enum(paths),
  change: z.omit(changeSchema, { row: true }),
  touched: z.readonly(
    z
      .array(
        z.object({
          query: text,
          decision: z.enum(decisions),
        }),
      )
      .check(z.maxLength(200)),
  ),
});

const requestEntry = z.object({
  ...head,
  type: z.literal("request"),
  target: text,
  cause: text,
  state: z.enum(["pending", "ok", "failed"]),
  ms: z.exactOptional(z.number()),
});

const noteEntry = z.object({ ...head, type: z.literal("note"), text });

const entry = z.discriminatedUnion("type", [changeEntry, requestEntry, noteEntry]);

/** The most entries that are read of one message: a pane that floods costs the shell no more than this. */
const maxBatch = 500;

/** The entries that are what they should be, the newest of them if there are too many. */
export function parseTrace(input: unknown): TraceEntry[] {
  if (!Array.isArray(input)) return [];
  return input.slice(-maxBatch).flatMap((item) => {
    const result = entry.safeParse(item);
    return result.success ? [result.data] : [];
  });
}
