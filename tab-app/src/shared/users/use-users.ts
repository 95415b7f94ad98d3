import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { User } from "#contract/rows.ts";
import { useData } from "#data/hooks/use-data.ts";
import { usersQuery } from "#data/queries/users.ts";

/** The users by id; empty until they are loaded, and when they cannot be: names are not worth an error message. */
export function useUsers(): ReadonlyMap<string, User> {
  const { data } = useQuery(usersQuery(useData()));
  return useMemo(() => new Map(data?.map((user) => [user.id, user])), [data]);
}
