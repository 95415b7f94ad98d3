import type * as z from "zod";
import { accountDetailsSchema, activitySchema } from "#contract/rows.ts";
import type { Answer, Api } from "#data/server/api.ts";
import { ApiError } from "#data/server/api-error.ts";
import { type Confirmed, confirmed, confirmedDelete } from "#data/server/confirmed.ts";
import { ConflictError } from "./conflict-error.ts";
import { fieldsOfAccount, fieldsOfNote } from "./fields.ts";
import { type Fields, mergeEdit } from "./merge-edit.ts";
import type { Write } from "./write.ts";

/** A row that changes without end is left to the user. */
const maxMerges = 10;

/**
 * Sends one write. Each may be sent again when its answer was lost: a pin sets, a note has its key, an
 * edit says what it was made from, and what is gone already needs no delete.
 *
 * Null where the server had done it before: the change itself comes by the feed.
 */
export async function sendWrite(
  api: Api,
  write: Write,
  isWanted: () => boolean,
): Promise<Confirmed | null> {
  switch (write.type) {
    case "pin": {
      const { pinned } = write;
      const answer = await api.patch(activityPath(write.id), { pinned }, activitySchema);
      return confirmed("activities", answer, accountOf(answer));
    }
    case "edit account": {
      const path = `/accounts/${encodeURIComponent(write.id)}`;
      const answer = await patchMerging(api, path, accountDetailsSchema, fieldsOfAccount, {
        ...write,
        isWanted,
        body: ({ ownerId, ...rest }) => ({
          ...rest,
          ...(ownerId !== undefined && { ownerId: ownerId || null }),
        }),
      });
      return confirmed("accounts", answer, {});
    }
    case "create note": {
      const answer = await api.post("/activities", write.row, activitySchema, write.key);
      return confirmed("activities", answer, accountOf(answer), "create");
    }
    case "edit note": {
      const path = activityPath(write.id);
      const answer = await patchMerging(api, path, activitySchema, fieldsOfNote, {
        ...write,
        isWanted,
      });
      return confirmed("activities", answer, accountOf(answer));
    }
    case "delete note":
      try {
        const answer = await api.delete(activityPath(write.id), activitySchema);
        return confirmedDelete("activities", answer, accountOf(answer));
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
  }
}

function activityPath(id: string): string {
  return `/activities/${encodeURIComponent(id)}`;
}

/** Somebody may have moved the row meanwhile: where it stands is the server's word, not the write's. */
function accountOf({ value }: Answer<{ accountId: string }>) {
  return { accountId: value.accountId };
}

interface Edit<T extends Fields> {
  readonly base: { readonly version: number; readonly fields: T };
  readonly changes: { readonly [F in keyof T]?: T[F] | undefined };
  readonly isWanted: () => boolean;
  /** The fields as the API names and types them. */
  readonly body?: (changes: Edit<T>["changes"]) => object;
}

/** Somebody else was faster: what does not overlap goes on top of theirs, the rest is the user's. */
async function patchMerging<T extends Fields, R extends { version: number }>(
  api: Api,
  path: string,
  schema: z.ZodType<R>,
  fieldsOf: (row: R) => T,
  { base, changes, isWanted, body = (fields) => fields }: Edit<T>,
): Promise<Answer<R>> {
  const refuseOverlap = (current: R) => {
    const theirs = { version: current.version, fields: fieldsOf(current) };
    const { conflicts } = mergeEdit<Fields>(base.fields, changes as Partial<Fields>, theirs.fields);
    if (conflicts.length > 0) throw new ConflictError(conflicts, theirs);
  };
  let expectedVersion = base.version;
  if (expectedVersion === 0) {
    // Not known, and not counted at all by a plain server: what it has is looked at just before.
    const { value } = await api.get(path, schema);
    refuseOverlap(value);
    expectedVersion = value.version;
  }
  for (let attempt = 1; ; attempt++) {
    if (!isWanted()) throw new Error("Taken back");
    const expected = expectedVersion > 0 ? { expectedVersion } : {};
    try {
      return await api.patch(path, { ...body(changes), ...expected }, schema);
    } catch (error) {
      const isStale = error instanceof ApiError && error.status === 409;
      const current = isStale ? schema.safeParse(error.problem?.current).data : undefined;
      if (!current || attempt === maxMerges) throw error;
      refuseOverlap(current);
      expectedVersion = current.version;
    }
  }
}
