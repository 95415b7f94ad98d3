import { plans, statuses } from "#contract/rows.ts";
import type { AccountField } from "#data/outbox/fields.ts";
import { StatusIcon } from "#features/conflict/status-icon.tsx";
import { useValueWords } from "#features/conflict/use-value-words.ts";
import { Avatar } from "#features/users/avatar.tsx";
import { useUsers } from "#features/users/use-users.ts";
import type { SelectOption } from "#ui/select.tsx";

type ChoiceField = Extract<AccountField, "status" | "plan" | "ownerId">;

/** What can be chosen for a field, with the values that are there already though they are no choice of ours. */
export function useChoices(field: ChoiceField, present: readonly string[]): SelectOption[] {
  const users = useUsers();
  const words = useValueWords();
  const values = { status: statuses, plan: plans, ownerId: ["", ...users.keys()] }[field];
  return [...new Set([...values, ...present])].map((value) => {
    const user = field === "ownerId" ? users.get(value) : undefined;
    return {
      value,
      label: words(field, value),
      icon: field === "status" ? <StatusIcon status={value} /> : user && <Avatar user={user} />,
    };
  });
}
