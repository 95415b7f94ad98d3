import type * as z from "zod";
import { issueMessage } from "#api/rows/issue-message.ts";
import { Refusal } from "./refusal.ts";

/** Checks the fields of a request body. Throws a 422 `Refusal` that names the first wrong field. */
export function checkFields<S extends z.ZodType>(
  schema: S,
  fields: Readonly<Record<string, unknown>>,
  /** What has these fields, for the error message. */
  owner: string,
): z.output<S> {
  const result = schema.safeParse(fields);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue?.code === "unrecognized_keys") {
    const [name] = issue.keys;
    throw new Refusal(422, `There is no field "${name}" in ${owner}.`, { field: `/${name}` });
  }
  const path = issue?.path.map(String) ?? [];
  throw new Refusal(422, `${path.join(".")}: ${issueMessage(issue?.message)}`, {
    field: `/${path.join("/")}`,
  });
}
