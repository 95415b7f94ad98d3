import { plans, statuses } from "#contract/rows.ts";
import type { AccountField } from "#data/outbox/fields.ts";
import { Avatar } from "#shared/users/avatar.tsx";
import { useUsers } from "#shared/users/use-users.ts";
import type { SelectOption } from "#ui/form/select.tsx";
import { StatusIcon } from "./status-icon.tsx";
import { useValueText } from "./use-value-text.ts";

type ChoiceField = Extract<AccountField, "status" | "plan" | "ownerId">;

/** The options of a field, with the present values even when they are not among the usual ones. */
export function useChoices(field: ChoiceField, present: readonly string[]): SelectOption[] {
  const users = useUsers();
  const valueText = useValueText();
  const values = { status: statuses, plan: plans, ownerId: ["", ...users.keys()] }[field];
  return [...new Set([...values, ...present])].map((value) => {
    const user = field === "ownerId" ? users.get(value) : undefined;
    return {
      value,
      label: valueText(field, value),
      icon: field === "status" ? <StatusIcon status={value} /> : user && <Avatar user={user} />,
    };
  });
}
