import type { Change, EffectRule, Revision } from "tandem-sync";
import * as z from "zod/mini";
import type { Ask } from "./ask.ts";

/** Names of the accounts that the board shows, by id; null for one that is gone. */
export interface Names {
  readonly names: Readonly<Record<string, string | null>>;
  readonly asOf: Revision | null;
}

const rowSchema = z.object({ id: z.union([z.string(), z.number()]), name: z.string() });

/** All of them by one request. */
export async function readNames(ask: Ask, ids: readonly string[]): Promise<Names> {
  const query = ids.map((id) => `id=${encodeURIComponent(id)}`).join("&");
  if (query === "") return { names: {}, asOf: null };
  const { body, asOf } = await ask(`/accounts?${query}`);
  const rows = z.array(rowSchema).parse(body);
  const found = rows.map(({ id, name }) => [String(id), name]);
  return {
    names: { ...Object.fromEntries(ids.map((id) => [id, null])), ...Object.fromEntries(found) },
    asOf,
  };
}

/** An account that is renamed brings its name. */
export const namesRule: EffectRule = {
  effect({ resource, id, row }, data: Names) {
    if (resource !== "accounts" || !Object.hasOwn(data.names, id)) return "none";
    const name = typeof row?.name === "string" ? row.name : (data.names[id] ?? null);
    return name === data.names[id]
      ? "known"
      : { patched: { ...data, names: { ...data.names, [id]: name } } };
  },
};

/** The account that a change belongs to. */
export function accountOf({ resource, id, parents }: Change): string | null {
  return resource === "accounts" ? id : (parents.accountId ?? null);
}
