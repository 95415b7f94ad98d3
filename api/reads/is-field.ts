import { type Document, entriesOf } from "#api/rows/document.ts";
import { bodySchemas, derivedFieldsOf, isBuiltIn } from "#api/rows/resources.ts";

/** Whether a row of the resource may have the field. A dotted path is judged by its first field. */
export function isField(document: Document, resource: string, path: string): boolean {
  const [field = ""] = path.split(".");
  if (!/^[\w-]+(\.[\w-]+)*$/.test(path) || field === "__proto__") return false;
  if (field === "version" || derivedFieldsOf(resource).includes(field)) return true;
  if (isBuiltIn(resource) && Object.hasOwn(bodySchemas[resource].create.shape, field)) return true;
  const entries = entriesOf(document, resource);
  if (entries.size === 0) return true;
  for (const { row } of entries.values()) if (Object.hasOwn(row, field)) return true;
  return false;
}
