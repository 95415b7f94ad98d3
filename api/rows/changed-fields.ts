import { isDeepStrictEqual } from "node:util";
import type { Row } from "./document.ts";

/** What a write changed in a row, as it is stored. A field that is missing holds null. */
export function changedFields(before: Row | undefined, after: Row | undefined) {
  const fields: Record<string, { before: unknown; after: unknown }> = {};
  for (const name of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])) {
    if (name === "id") continue;
    const change = { before: before?.[name] ?? null, after: after?.[name] ?? null };
    if (!isDeepStrictEqual(change.before, change.after)) fields[name] = change;
  }
  return fields;
}
