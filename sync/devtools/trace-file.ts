import * as z from "zod/mini";
import type { Recorded, Recording } from "./recorder.ts";
import { costSchema, entrySchema, queriesSchema } from "./trace-schema.ts";

const text = z.string().check(z.maxLength(200));

const fileSchema = z.object({
  format: z.literal("tandem-trace"),
  version: z.literal(1),
  tabs: z.array(text).check(z.maxLength(100)),
  entries: z
    .array(
      z.object({
        tab: text,
        run: z.int(),
        entry: entrySchema,
        cost: z.exactOptional(costSchema),
      }),
    )
    .check(z.maxLength(20_000)),
  queries: z.record(text, queriesSchema),
  forgotten: z.int(),
});

/** The largest file that is read, in characters. */
const maxLength = 40_000_000;

export interface TraceFile {
  readonly tabs: readonly string[];
  readonly recording: Recording;
}

/** A recording as JSON: names of queries, ids of rows and times, and no rows. */
export function formatTraceFile({ tabs, recording }: TraceFile): string {
  const { entries, queries, forgotten } = recording;
  return JSON.stringify(
    {
      format: "tandem-trace",
      version: 1,
      tabs: [...tabs],
      entries: entries.map(({ key: _, ...each }) => each),
      queries: Object.fromEntries(queries),
      forgotten,
    } satisfies z.infer<typeof fileSchema>,
    null,
    1,
  );
}

/** Throws an error in plain words for what is no such file. */
export function parseTraceFile(json: string): TraceFile {
  if (json.length > maxLength) throw new Error("It is too large: a trace has at most 40 MB.");
  const { tabs, entries, queries, forgotten } = check(readJson(json));
  const keyed = entries.map(
    (each): Recorded => ({ ...each, key: `${each.tab}/${each.run}/${each.entry.seq}` }),
  );
  const requests = new Map<string, number>();
  for (const { tab, entry } of keyed)
    if (entry.type === "request") requests.set(tab, (requests.get(tab) ?? 0) + 1);
  const recording = {
    entries: keyed,
    requests,
    queries: new Map(Object.entries(queries)),
    forgotten,
  };
  return { tabs, recording };
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error("It is not JSON.");
  }
}

function check(value: unknown): z.infer<typeof fileSchema> {
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown };
  if (format !== "tandem-trace") throw new Error("It is not a trace that was exported here.");
  if (version !== 1)
    throw new Error(`It is of version ${String(version)}: this panel reads version 1.`);
  const result = fileSchema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`It is damaged at "${issue?.path.join(".") ?? ""}".`);
}
