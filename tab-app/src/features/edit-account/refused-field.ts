import { type AccountField, accountFieldNames } from "#data/outbox/fields.ts";
import { ApiError } from "#data/server/api-error.ts";

/** The field that the server would not take, and why; null where it is not about one of ours. */
export function refusedField(error: unknown): { field: AccountField; message: string } | null {
  if (!(error instanceof ApiError) || error.status !== 422) return null;
  const field = accountFieldNames.find((name) => error.problem?.field === `/${name}`);
  if (!field) return null;
  const words = (error.problem?.detail ?? error.message).replace(`${field}: `, "");
  return { field, message: words.charAt(0).toUpperCase() + words.slice(1) };
}
