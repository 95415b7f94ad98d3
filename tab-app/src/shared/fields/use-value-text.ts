import { useCallback } from "react";
import { capitalize } from "#shared/text/capitalize.ts";
import { useUsers } from "#shared/users/use-users.ts";

/** Returns a field's value as shown to people, "" for none: an owner by name, a status capitalized. */
export function useValueText(): (field: string, value: string) => string {
  const users = useUsers();
  return useCallback(
    (field, value) => {
      if (field === "ownerId") return value ? (users.get(value)?.name ?? value) : "No owner";
      if (field === "assigneeId") return value && (users.get(value)?.name ?? value);
      return field === "status" ? capitalize(value) : value;
    },
    [users],
  );
}
