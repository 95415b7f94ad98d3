import type { Change, EffectRule, Revision } from "tandem-sync";
import { changeSchema } from "tandem-sync/http";
import * as z from "zod/mini";
import type { Ask } from "./ask.ts";

/** Changes that the board shows at most. */
export const most = 40;

export interface Changes {
  /** The newest first. */
  readonly changes: readonly Change[];
  /** Up to this revision it is only known that a row changed last at it, and not how. */
  readonly began: number;
  /** Of all since then, also of those that are no longer shown. */
  readonly counts: Readonly<Record<Change["op"], number>>;
  readonly asOf: Revision | null;
}

const none = { create: 0, update: 0, delete: 0 };

/** The changes with this one in its place; the same object where it is there already. */
export function withChange(held: Changes, change: Change): Changes {
  const { changes, counts } = held;
  const last = changes.length < most ? undefined : changes.at(-1);
  if (changes.some(({ rev }) => rev === change.rev) || change.rev <= (last?.rev ?? held.began))
    return held;
  return {
    ...held,
    changes: [change, ...changes].sort((a, b) => b.rev - a.rev).slice(0, most),
    counts: { ...counts, [change.op]: counts[change.op] + 1 },
  };
}

/** A change takes its place: nothing is read for it. */
export const changesRule: EffectRule = {
  effect(change, held: Changes) {
    const patched = withChange(held, change);
    return patched === held ? "known" : { patched };
  },
};

const missedSchema = z.object({ changes: z.array(changeSchema) });
const rowsSchema = z.array(
  z.looseObject({
    id: z.union([z.string(), z.number()]),
    accountId: z.optional(z.union([z.string(), z.number()])),
    version: z.int(),
  }),
);

/**
 * What was missed since the last read, or the activities that changed last, where there was none or the log does not reach
 * back to it.
 */
export async function readChanges(ask: Ask, held: Changes | undefined): Promise<Changes> {
  if (held?.asOf) {
    const { epoch, rev } = held.asOf;
    const { status, body, asOf } = await ask(`/changes?since=${epoch}.${rev}`);
    if (status !== 410)
      return { ...missedSchema.parse(body).changes.reduce(withChange, held), asOf };
  }
  const { body, asOf } = await ask(`/activities?_sort=version&_order=desc&_limit=${most}`);
  const changes = rowsSchema.parse(body).map((row): Change => {
    const { id, accountId, version } = row;
    const parents = accountId === undefined ? {} : { accountId: String(accountId) };
    const place = { rev: version, version, resource: "activities", id: String(id), parents };
    return { ...place, op: "update", row };
  });
  return { changes, began: asOf?.rev ?? changes[0]?.rev ?? 0, counts: none, asOf };
}
