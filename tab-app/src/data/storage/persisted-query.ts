import type { QueryState } from "@tanstack/react-query";
import * as z from "zod/mini";
import { revisionSchema } from "#data/queries/snapshot.ts";
import { asOf, type Revision, type Snapshot } from "#sync";

/** Raise it when the shape of a query's data changes: records of another version are ignored. */
export const cacheVersion = 1;

/** The kinds of query that survive a reload, by the first element of their keys. */
export type PersistedKinds = ReadonlyMap<
  string,
  { readonly schema: z.ZodMiniType; readonly isInfinite: boolean }
>;

const recordSchema = z.object({
  version: z.literal(cacheVersion),
  queryKey: z.tuple([z.string()], z.nullable(z.string())),
  data: z.unknown(),
  updatedAt: z.number(),
  isStale: z.boolean(),
});

export const headSchema = z.object({ version: z.literal(cacheVersion), head: revisionSchema });

/**
 * Reads a stored query into the form that `hydrate` takes. Null for a record that does not fit: the query
 * is read from the server instead.
 */
export function readPersistedQuery(value: unknown, kinds: PersistedKinds, head: Revision) {
  const record = recordSchema.safeParse(value).data;
  const kind = record && kinds.get(record.queryKey[0]);
  const data = kind?.schema.safeParse(record?.data).data;
  if (!record || !kind || !asOf(data)) return null;
  const { queryKey, updatedAt, isStale } = record;
  const state: QueryState = {
    data: isStale ? data : advanceTo(head, data),
    dataUpdateCount: 1,
    dataUpdatedAt: updatedAt,
    error: null,
    errorUpdateCount: 0,
    errorUpdatedAt: 0,
    fetchFailureCount: 0,
    fetchFailureReason: null,
    fetchMeta: null,
    isInvalidated: isStale,
    status: "success",
    fetchStatus: "idle",
  };
  return {
    queryKey,
    queryHash: JSON.stringify(queryKey),
    state,
    dehydratedAt: updatedAt,
    ...(kind.isInfinite && { queryType: "infinite" as const }),
  };
}

/**
 * Data that no change up to `head` touches any more reflects `head` as well: moves its as-of there. Data
 * of another epoch stays as it is.
 */
export function advanceTo(head: Revision, data: unknown): unknown {
  const held = asOf(data);
  if (!held || held.epoch !== head.epoch || held.rev >= head.rev) return data;
  if (typeof data !== "object") return data;
  if (!isPaged(data)) return { ...data, asOf: head };
  const pages = data.pages.map((page) =>
    page.asOf && page.asOf.rev < head.rev ? { ...page, asOf: head } : page,
  );
  return { ...data, pages };
}

function isPaged(data: object | null): data is { readonly pages: readonly Snapshot[] } {
  return data !== null && "pages" in data;
}
