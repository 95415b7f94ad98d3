import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { User } from "#contract/rows.ts";
import { useData } from "#data/hooks/use-data.ts";

/** The users by id; empty until they are known. A name is never worth an error of its own. */
export function useUsers(): ReadonlyMap<string, User> {
  const { data } = useQuery(useData().users());
  return useMemo(() => new Map(data?.map((user) => [user.id, user])), [data]);
}
