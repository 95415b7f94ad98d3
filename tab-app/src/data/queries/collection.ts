import * as z from "zod/mini";
import type { Change, Effect } from "#sync";
import type { ReadContext } from "./define-query.ts";
import { rowOf, snapshotOf } from "./snapshot.ts";

type Parent = string & keyof Change["parents"];

/**
 * Part of the definition of a query that holds a small collection whole, in the server's order. With a
 * `parent`, the field that names the parent of a row, it holds the rows of one parent and takes its id. With `compare`,
 * a total order by what is in the rows, it holds them in that order, and puts a new row in its place unread.
 */
export function collection<
  T extends { readonly id: string; readonly version: number },
  P extends Parent | undefined = undefined,
>(resource: string, row: z.ZodMiniType<T>, parent?: P, compare?: (a: T, b: T) => number) {
  type Id = P extends string ? string : undefined;
  const schema = snapshotOf({ rows: z.array(row) });
  type Rows = z.infer<typeof schema>;
  return {
    kind: resource,
    schema,
    select: (data: Rows) => data.rows,
    async read({ api, signal }: ReadContext, id: Id): Promise<Rows> {
      const query = parent ? `?${new URLSearchParams({ [parent]: String(id) })}` : "";
      const { value, asOf } = await api.get(`/${resource}${query}`, schema.shape.rows, signal);
      return { rows: compare ? value.toSorted(compare) : value, asOf };
    },
    effect(change: Change, data: Rows, id: Id): Effect {
      if (change.resource !== resource) return "none";
      const at = data.rows.findIndex((each) => each.id === change.id);
      const held = data.rows[at];
      const belongs = !parent || change.parents[parent] === id;
      if (!held && !belongs) return "none";
      if (held && held.version >= change.version) return "known";
      if (change.op === "delete" || !belongs)
        return held ? { patched: { ...data, rows: data.rows.toSpliced(at, 1) } } : "known";
      const changed = rowOf(change, row);
      if (changed && compare) {
        const rows = [...(held ? data.rows.toSpliced(at, 1) : data.rows), changed];
        return { patched: { ...data, rows: rows.sort(compare) } };
      }
      // The place of a new row is the server's to decide.
      if (!changed || !held) return "stale";
      return { patched: { ...data, rows: data.rows.with(at, changed) } };
    },
  };
}
