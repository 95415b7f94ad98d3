import { checkFields } from "#api/http/check-fields.ts";
import { Refusal } from "#api/http/refusal.ts";
import { bodySchemas, derivedFieldsOf, isBuiltIn } from "#api/rows/resources.ts";
import { idRule, isId } from "#api/rows/row-id.ts";
import { toUtc } from "#api/rows/time.ts";

export interface RowBody {
  /** The fields that the body named, checked and normalised. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly expectedVersion?: number;
}

/**
 * Checks the body of a write on its own, without the stored rows. `create` is for whole rows (POST,
 * PUT), `patch` for a part of one. Throws a 422 `Refusal` that names the field.
 */
export function parseRowBody(
  resource: string,
  kind: "create" | "patch",
  body: Readonly<Record<string, unknown>>,
): RowBody {
  const { expectedVersion, ...given } = body;
  if (expectedVersion !== undefined && !isVersion(expectedVersion)) {
    refuse("/expectedVersion", "expectedVersion: expected the version of the row, an integer");
  }
  const fields = isBuiltIn(resource) ? checkRow(resource, kind, given) : given;
  if (Object.hasOwn(fields, "id") && !isId(fields.id)) refuse("/id", `id: ${idRule}`);
  return expectedVersion === undefined ? { fields } : { fields, expectedVersion };
}

function checkRow(
  resource: keyof typeof bodySchemas,
  kind: "create" | "patch",
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  for (const name of derivedFieldsOf(resource)) {
    if (Object.hasOwn(given, name)) {
      refuse(`/${name}`, `"${name}" is computed by the server and cannot be written.`);
    }
  }
  const fields: Record<string, unknown> = {
    ...checkFields(bodySchemas[resource][kind], given, resource),
  };
  // The schema's defaults complete a new row; in a patch they would overwrite stored values.
  if (kind === "patch") {
    for (const name of Object.keys(fields)) if (!Object.hasOwn(given, name)) delete fields[name];
  }
  // One notation only: rows are sorted by `at` as text.
  if (typeof fields.at === "string") fields.at = toUtc(fields.at) ?? fields.at;
  return fields;
}

function isVersion(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function refuse(field: string, detail: string): never {
  throw new Refusal(422, detail, { field });
}
