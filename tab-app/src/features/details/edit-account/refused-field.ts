import { type AccountField, accountFieldNames } from "#data/outbox/fields.ts";
import { ApiError } from "#data/server/api-error.ts";
import { capitalize } from "#shared/text/capitalize.ts";

/** The field that the server refused, and why; null when the error is not about a field of the form. */
export function refusedField(error: unknown): { field: AccountField; message: string } | null {
  if (!(error instanceof ApiError) || error.status !== 422) return null;
  const field = accountFieldNames.find((name) => error.problem?.field === `/${name}`);
  if (!field) return null;
  const detail = (error.problem?.detail ?? error.message).replace(`${field}: `, "");
  return { field, message: capitalize(detail) };
}
