import { type Document, entriesOf, type Row } from "#api/rows/document.ts";
import { bodySchemas, derivedFieldsOf, isBuiltIn } from "#api/rows/resources.ts";

/** Whether a row of the resource may have the field, or the path into it: `a.b`, `a[0].b`. Any name can be one. */
export function isField(document: Document, resource: string, path: string): boolean {
  if (path === "" || path === "__proto__") return false;
  if (path === "version" || derivedFieldsOf(resource).includes(path)) return true;
  if (isBuiltIn(resource) && Object.hasOwn(bodySchemas[resource].create.shape, path)) return true;
  const entries = entriesOf(document, resource);
  if (entries.size === 0) return true;
  for (const { row } of entries.values()) if (hasPath(row, path)) return true;
  return false;
}

/** As json-server resolves it: a field of this very name, or else a path. */
function hasPath(row: Row, path: string): boolean {
  if (Object.hasOwn(row, path)) return true;
  let value: unknown = row;
  const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
  for (const key of keys) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Row)[key];
  }
  return keys.length > 0;
}
