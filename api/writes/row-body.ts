import { isId, plainWords } from "#api/file/read-document.ts";
import { Refusal } from "#api/http/refusal.ts";
import { derivedFieldsOf, isOwnResource } from "#api/rows/document.ts";
import { rowSchemas } from "#api/rows/resources.ts";

export interface RowBody {
  /** Only what the body said, checked and put into one form. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly expectedVersion?: number;
}

/**
 * Checks the body of a write by itself, without the data. `create` is for whole rows (POST, PUT),
 * `patch` for a part of one. Throws a 422 `Refusal` that names the field.
 */
export function parseRowBody(
  resource: string,
  kind: "create" | "patch",
  body: Readonly<Record<string, unknown>>,
): RowBody {
  const { expectedVersion, ...fields } = body;
  if (expectedVersion !== undefined && !isVersion(expectedVersion)) {
    refuse("/expectedVersion", "expectedVersion: expected the row's version, a whole number");
  }
  const checked = isOwnResource(resource) ? checkFields(resource, kind, fields) : fields;
  if (!isOwnResource(resource) && Object.hasOwn(fields, "id") && !isId(fields.id)) {
    refuse("/id", "id: expected a text of 1 to 200 characters or a whole number");
  }
  return expectedVersion === undefined ? { fields: checked } : { fields: checked, expectedVersion };
}

function checkFields(
  resource: keyof typeof rowSchemas,
  kind: "create" | "patch",
  fields: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  for (const name of derivedFieldsOf(resource)) {
    if (Object.hasOwn(fields, name)) {
      refuse(`/${name}`, `"${name}" is worked out by the server and cannot be written.`);
    }
  }
  const result = rowSchemas[resource][kind].safeParse(fields);
  if (!result.success) {
    const issue = result.error.issues[0];
    if (issue?.code === "unrecognized_keys") {
      refuse(`/${issue.keys[0]}`, `There is no field "${issue.keys[0]}" in ${resource}.`);
    }
    const path = issue?.path.map(String) ?? [];
    refuse(`/${path.join("/")}`, `${path.join(".")}: ${plainWords(issue?.message ?? "invalid")}`);
  }
  const parsed: Record<string, unknown> = { ...result.data };
  // A schema's defaults complete a new row; in a patch they would overwrite what is there.
  if (kind === "patch") {
    for (const name of Object.keys(parsed)) if (!Object.hasOwn(fields, name)) delete parsed[name];
  }
  // One form only: the feed's order compares `at` as text.
  if (typeof parsed.at === "string") parsed.at = new Date(parsed.at).toISOString();
  return parsed;
}

function isVersion(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function refuse(field: string, detail: string): never {
  throw new Refusal(422, detail, { field });
}
