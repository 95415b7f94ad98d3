import { useMemo } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { useVisitors } from "#data/hooks/use-who-is-there.ts";
import { useSession } from "#data/hooks/use-work.ts";
import { useUsers } from "#shared/users/use-users.ts";
import { type PersonHere, peopleOf } from "./people-of.ts";

/** Everybody else who looks at an account. */
export function usePeopleHere(accountId: string): readonly PersonHere[] {
  const visitors = useVisitors(accountId);
  const users = useUsers();
  const { unread } = useData();
  const { who } = useSession();
  const userId = who.kind === "user" ? who.id : null;
  return useMemo(
    () => peopleOf(visitors, { userId, isOwnTab: unread.isOwnTab }, (id) => users.get(id)?.name),
    [visitors, users, unread, userId],
  );
}
