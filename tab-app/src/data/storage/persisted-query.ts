import * as z from "zod";
import { accountDetailsSchema, accountSchema, activitySchema, userSchema } from "#contract/rows.ts";
import { revisionSchema } from "#data/queries/rows.ts";
import { asOf, type Revision } from "#sync";

/** Raise it when the shape of what queries hold changes: what an older version kept is then not read. */
export const cacheVersion = 1;

const rowsOf = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), asOf: revisionSchema });
const cursorSchema = z
  .object({ at: z.string(), id: z.string(), tied: z.int(), held: z.array(z.string()) })
  .nullable();

/** What the queries hold, by the first word of their keys. */
const dataSchemas: Readonly<Record<string, z.ZodType>> = {
  accounts: rowsOf(accountSchema),
  users: rowsOf(userSchema),
  account: z.object({ row: accountDetailsSchema, asOf: revisionSchema }),
  activity: z.object({
    pages: z.array(
      z.object({ rows: z.array(activitySchema), more: z.boolean(), asOf: revisionSchema }),
    ),
    pageParams: z.array(cursorSchema),
  }),
};

const keptSchema = z.object({
  version: z.literal(cacheVersion),
  queryKey: z.tuple([z.string()], z.string().nullable()),
  data: z.unknown(),
  updatedAt: z.number(),
  isStale: z.boolean(),
});

/** A query as it is kept on disk. */
export type PersistedQuery = z.infer<typeof keptSchema>;

/** Null for what does not fit: it is read from the server, as if it had not been kept. */
export function readPersistedQuery(value: unknown): PersistedQuery | null {
  const kept = keptSchema.safeParse(value).data;
  const data = kept && dataSchemas[kept.queryKey[0]]?.safeParse(kept.data);
  return kept && data?.success ? { ...kept, data: data.data } : null;
}

export const headSchema = z.object({ version: z.literal(cacheVersion), head: revisionSchema });

/**
 * Data of which it is known that no change up to `head` concerns it any more reflects `head` as well:
 * its as-of says so from here on. Data of another log is left as it is.
 */
export function raiseTo(head: Revision, data: unknown): unknown {
  const held = asOf(data);
  if (!held || held.epoch !== head.epoch || held.rev >= head.rev) return data;
  if (typeof data !== "object" || data === null) return data;
  const raise = <T extends { asOf: Revision }>(snapshot: T): T =>
    snapshot.asOf.rev < head.rev ? { ...snapshot, asOf: head } : snapshot;
  if ("pages" in data)
    return { ...data, pages: (data.pages as { asOf: Revision }[]).map((page) => raise(page)) };
  return raise(data as { asOf: Revision });
}
