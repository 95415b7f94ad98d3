import type * as z from "zod/mini";
import type { Api, Confirmed } from "#data/server/api.ts";
import { ApiError } from "#data/server/api-error.ts";
import { ConflictError } from "./conflict-error.ts";
import type { Changes } from "./fields.ts";
import { maxMerges } from "./patch-merging.ts";

export interface SeenRow<R> {
  /** 0 where it is not known: the row is read first. */
  readonly version: number;
  readonly row: Changes<Omit<R, "version">>;
}

/**
 * Deletes a row as long as it has the fields that the user knows of, whatever its version. Rejects with
 * `ConflictError` where it has others: the user decides.
 */
export async function deleteSeen<R extends { version: number }>(
  api: Api,
  path: string,
  schema: z.ZodMiniType<R>,
  { key, seen, isWanted }: { key: string; seen: SeenRow<R>; isWanted: () => boolean },
): Promise<Confirmed<R>> {
  const refuseChanged = (current: R) => {
    const conflicts = differences(seen.row, current);
    const { version } = current;
    if (conflicts.length > 0)
      throw new ConflictError(conflicts, { version, fields: textsOf(current) });
    return version;
  };
  let { version } = seen;
  if (version === 0) version = refuseChanged((await api.get(path, schema)).value);
  for (let attempt = 1; ; attempt++) {
    if (!isWanted()) throw new Error("Taken back");
    try {
      return await api.delete(path, schema, key, version > 0 ? version : undefined);
    } catch (error) {
      const isStale = error instanceof ApiError && error.status === 412;
      const current = isStale ? schema.safeParse(error.problem?.current).data : undefined;
      if (!current || attempt === maxMerges) throw error;
      version = refuseChanged(current);
    }
  }
}

function differences(seen: object, current: object) {
  const [before, now] = [textsOf(seen), textsOf(current)];
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  // The time of a note that the server had not dated is not known.
  if (before.at === undefined) names.delete("at");
  return [...names]
    .map((field) => ({ field, base: before[field] ?? "", theirs: now[field] ?? "", mine: "" }))
    .filter(({ base, theirs }) => base !== theirs);
}

function textsOf(row: object): Record<string, string> {
  const { id: _, version: __, ...fields } = row as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, String(value ?? "")]),
  );
}
