import { useCallback } from "react";
import { capitalize } from "#shared/text/capitalize.ts";
import { formatCalendarDate } from "#shared/time/format-time.ts";
import { useUsers } from "#shared/users/use-users.ts";

const dollars = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  trailingZeroDisplay: "stripIfInteger",
});

// What was typed and is no number, or no day, is shown as it is.
const isAmount = (field: string, value: string) =>
  field === "mrr" && Number.isFinite(Number(value));
const isDay = (field: string, value: string) =>
  ["renewalDate", "since", "dueDate"].includes(field) &&
  !Number.isNaN(Date.parse(`${value}T00:00:00Z`));

/** Returns a field's value as shown to people, "" for none: an owner by name, a status capitalized, a day and an amount. */
export function useValueText(): (field: string, value: string) => string {
  const users = useUsers();
  return useCallback(
    (field, value) => {
      if (field === "ownerId") return value ? (users.get(value)?.name ?? value) : "No owner";
      if (field === "assigneeId") return value && (users.get(value)?.name ?? value);
      if (value && isAmount(field, value)) return dollars.format(Number(value));
      if (value && isDay(field, value)) return formatCalendarDate(value);
      return field === "status" ? capitalize(value) : value;
    },
    [users],
  );
}
