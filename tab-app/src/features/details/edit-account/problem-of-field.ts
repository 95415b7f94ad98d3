import { accountSchema } from "#contract/rows.ts";
import type { AccountField } from "#data/outbox/fields.ts";
import { labelOf } from "#shared/fields/field-labels.ts";

/** Why the server would refuse this value; undefined when it would not. */
export function problemOfField(field: AccountField, value: string): string | undefined {
  if (field === "ownerId" && value === "") return undefined;
  const issue = accountSchema.shape[field].safeParse(value).error?.issues[0];
  if (!issue) return undefined;
  switch (issue.code) {
    case "too_small":
      return `${labelOf(field)} cannot be empty.`;
    case "too_big": {
      const [most, count] = [Number(issue.maximum), value.length].map((n) =>
        n.toLocaleString("en"),
      );
      return `At most ${most} characters; these are ${count}.`;
    }
    default:
      return issue.message;
  }
}
