import { useCallback } from "react";
import { useUsers } from "#features/users/use-users.ts";
import { statusWords } from "./status-words.ts";

/** A field's value as people know it; "" for none. */
export function useValueWords(): (field: string, value: string) => string {
  const users = useUsers();
  return useCallback(
    (field, value) => {
      if (field === "ownerId") return value ? (users.get(value)?.name ?? value) : "No owner";
      return field === "status" ? statusWords(value) : value;
    },
    [users],
  );
}
