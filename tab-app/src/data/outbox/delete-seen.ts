import { type Activity, activitySchema } from "#contract/rows.ts";
import type { Api, Confirmed } from "#data/server/api.ts";
import { ApiError } from "#data/server/api-error.ts";
import { ConflictError } from "./conflict-error.ts";
import type { Changes } from "./fields.ts";
import { maxMerges } from "./patch-merging.ts";

export interface SeenRow {
  /** 0 where it is not known: the row is read first. */
  readonly version: number;
  readonly row: Changes<Omit<Activity, "version">>;
}

/**
 * Deletes an activity as long as it has the fields that the user knows of, whatever its version. Rejects with
 * `ConflictError` where it has others: the user decides.
 */
export async function deleteSeen(
  api: Api,
  path: string,
  { key, seen, isWanted }: { key: string; seen: SeenRow; isWanted: () => boolean },
): Promise<Confirmed<Activity>> {
  const refuseChanged = (current: Activity) => {
    const conflicts = differences(seen.row, current);
    const { version } = current;
    if (conflicts.length > 0)
      throw new ConflictError(conflicts, { version, fields: textsOf(current) });
    return version;
  };
  let { version } = seen;
  if (version === 0) version = refuseChanged((await api.get(path, activitySchema)).value);
  for (let attempt = 1; ; attempt++) {
    if (!isWanted()) throw new Error("Taken back");
    try {
      return await api.delete(path, activitySchema, key, version > 0 ? version : undefined);
    } catch (error) {
      const isStale = error instanceof ApiError && error.status === 412;
      const current = isStale ? activitySchema.safeParse(error.problem?.current).data : undefined;
      if (!current || attempt === maxMerges) throw error;
      version = refuseChanged(current);
    }
  }
}

function differences(seen: SeenRow["row"], current: Activity) {
  const [before, now] = [textsOf(seen), textsOf(current)];
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  // The time of a note that the server had not dated is not known.
  if (seen.at === undefined) names.delete("at");
  return [...names]
    .map((field) => ({ field, base: before[field] ?? "", theirs: now[field] ?? "", mine: "" }))
    .filter(({ base, theirs }) => base !== theirs);
}

function textsOf(row: SeenRow["row"]): Record<string, string> {
  const { id: _, version: __, ...fields } = row as Changes<Activity>;
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [field, String(value ?? "")]),
  );
}
