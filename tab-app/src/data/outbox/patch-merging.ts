import type * as z from "zod/mini";
import type { Api, Confirmed } from "#data/server/api.ts";
import { ApiError } from "#data/server/api-error.ts";
import { ConflictError } from "./conflict-error.ts";
import type { Changes } from "./fields.ts";
import { type Fields, mergeEdit } from "./merge-edit.ts";

/** A row that changes without end is left to the user. */
export const maxMerges = 10;

export interface MergingEdit<T extends Fields, R> {
  readonly base: { readonly version: number; readonly fields: T };
  readonly changes: Changes<T>;
  readonly fieldsOf: (row: R) => T;
  /** The fields as the API names and types them. */
  readonly bodyOf: (changes: Changes<T>) => object;
  readonly isWanted: () => boolean;
}

/**
 * Patches a row on top of later versions as long as none has changed the same fields. Rejects with
 * `ConflictError` where one has: the user decides.
 */
export async function patchMerging<T extends Fields, R extends { version: number }>(
  api: Api,
  path: string,
  schema: z.ZodMiniType<R>,
  { base, changes, fieldsOf, bodyOf, isWanted }: MergingEdit<T, R>,
): Promise<Confirmed<R>> {
  const refuseOverlap = (current: R) => {
    const theirs = { version: current.version, fields: fieldsOf(current) };
    const { conflicts } = mergeEdit<Fields>(base.fields, changes as Partial<Fields>, theirs.fields);
    if (conflicts.length > 0) throw new ConflictError(conflicts, theirs);
  };
  let expectedVersion = base.version;
  if (expectedVersion === 0) {
    // Not known yet, or of a plain json-server, which counts none: compared just before instead.
    const { value } = await api.get(path, schema);
    refuseOverlap(value);
    expectedVersion = value.version;
  }
  for (let attempt = 1; ; attempt++) {
    if (!isWanted()) throw new Error("Taken back");
    const expected = expectedVersion > 0 ? { expectedVersion } : {};
    try {
      return await api.patch(path, { ...bodyOf(changes), ...expected }, schema);
    } catch (error) {
      const isStale = error instanceof ApiError && error.status === 409;
      const current = isStale ? schema.safeParse(error.problem?.current).data : undefined;
      if (!current || attempt === maxMerges) throw error;
      refuseOverlap(current);
      expectedVersion = current.version;
    }
  }
}
