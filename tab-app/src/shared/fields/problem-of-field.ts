import { countCharacters } from "#contract/characters.ts";
import { accountDetailsSchema } from "#contract/rows.ts";
import type { AccountField } from "#data/outbox/fields.ts";
import { labelOf } from "./field-labels.ts";

/** Why the server would refuse this value; undefined when it would not. */
export function problemOfField(field: AccountField, value: string): string | undefined {
  const isText = field === "name" || field === "notes" || field === "plan" || field === "status";
  if (value === "" && !isText) return undefined;
  if (field === "mrr" && !Number.isFinite(Number(value)))
    return "Enter an amount, such as 1250 or 99.50.";
  // Two digits of a year are a year to a date field.
  if ((field === "renewalDate" || field === "since") && value < "1000")
    return "Enter the year with four digits.";
  const schema = accountDetailsSchema.shape[field];
  const issue = schema.safeParse(field === "mrr" ? Number(value) : value).error?.issues[0];
  if (!issue) return undefined;
  switch (issue.code) {
    case "too_small":
      return `${labelOf(field)} cannot be ${field === "mrr" ? "negative" : "empty"}.`;
    case "too_big": {
      const [most, count] = [Number(issue.maximum), countCharacters(value)].map((n) =>
        n.toLocaleString("en"),
      );
      return `At most ${most} characters; these are ${count}.`;
    }
    case "invalid_format":
      return "Enter a day, such as 2026-01-31.";
    default:
      return issue.message;
  }
}
