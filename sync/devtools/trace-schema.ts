import * as z from "zod/mini";
import { decisions, paths, type TraceEntry } from "../core/trace.ts";
import { changeSchema } from "../wire/change.ts";

export type { Decision, Path, TraceEntry } from "../core/trace.ts";

const text = z.string().check(z.maxLength(2000));
const count = z.int().check(z.minimum(0));
const head = { seq: z.int(), at: z.number() };

const changeEntry = z.object({
  ...head,
  type: z.literal("change"),
  path: z.enum(paths),
  change: z.omit(changeSchema, { row: true }),
  touched: z.readonly(
    z.array(z.object({ query: text, decision: z.enum(decisions) })).check(z.maxLength(200)),
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

const shownEntry = z.object({
  ...head,
  type: z.literal("shown"),
  of: z.readonly(z.array(z.int()).check(z.maxLength(200))),
});

const entrySchema = z.discriminatedUnion("type", [
  changeEntry,
  requestEntry,
  noteEntry,
  shownEntry,
]);

const costSchema = z.object({
  type: z.literal("cost"),
  /** The `seq` of the change. */
  of: z.int(),
  everything: count,
  textbook: count,
});

const queriesSchema = z.object({
  type: z.literal("queries"),
  at: z.number(),
  queries: z.readonly(
    z
      .array(
        z.object({
          query: text,
          rev: z.nullable(count),
          isStale: z.boolean(),
          isReading: z.boolean(),
          hasFailed: z.boolean(),
          isInView: z.boolean(),
          observers: count,
          pages: count,
          size: count,
        }),
      )
      .check(z.maxLength(500)),
  ),
});

/**
 * What the requests of one change would have been, had the tab invalidated instead. Sent beside the change, for
 * only the tab knows what it held then.
 */
export type CostReport = z.infer<typeof costSchema>;

/** What a tab holds now. */
export type QueriesReport = z.infer<typeof queriesSchema>;
export type QueryReport = QueriesReport["queries"][number];

/** What a tab that is looked at sends. */
export type TabReport = TraceEntry | CostReport | QueriesReport;

export const reportSchema = z.discriminatedUnion("type", [
  changeEntry,
  requestEntry,
  noteEntry,
  shownEntry,
  costSchema,
  queriesSchema,
]);
export { costSchema, entrySchema, queriesSchema };

/** The most reports that are read of one message: a tab that floods costs the page of the inspector no more than this. */
const maxBatch = 500;

/** The reports that are what they should be, the newest of them if there are too many. */
export function parseReports(input: unknown): TabReport[] {
  if (!Array.isArray(input)) return [];
  return input.slice(-maxBatch).flatMap((item) => {
    const result = reportSchema.safeParse(item);
    return result.success ? [result.data] : [];
  });
}
