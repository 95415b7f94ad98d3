import { useQuery } from "@tanstack/react-query";
import type { User } from "#contract/rows.ts";
import { useData } from "#data/hooks/use-data.ts";
import { useSession } from "#data/hooks/use-work.ts";
import { usersQuery } from "#data/queries/users.ts";

/** All users, and the one who is signed in: by id, where that is unknown or not loaded yet. */
export function useWhoIsWorking(): {
  user: Pick<User, "id" | "name" | "role"> | null;
  users: readonly User[];
} {
  const data = useData();
  const { who } = useSession();
  const { data: users = [] } = useQuery(usersQuery(data));
  if (who.kind !== "user") return { user: null, users };
  return { user: users.find(({ id }) => id === who.id) ?? { id: who.id, name: who.id }, users };
}
