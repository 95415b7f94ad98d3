import { useMemo } from "react";
import type { User } from "#contract/rows.ts";
import { useVisitors } from "#data/hooks/use-who-is-there.ts";
import { useSession } from "#data/hooks/use-work.ts";
import { useUsers } from "#shared/users/use-users.ts";

/** Somebody who looks at an account, in one tab or several. */
export interface PersonHere {
  readonly user: Pick<User, "id" | "name">;
  readonly isEditing: boolean;
  /** "Maya Chen, editing" */
  readonly text: string;
}

/** Everybody else who looks at an account. Oneself in another window counts; a pane beside this one does not. */
export function usePeopleHere(accountId: string): readonly PersonHere[] {
  const visitors = useVisitors(accountId);
  const users = useUsers();
  const { who } = useSession();
  const ownId = who.kind === "user" ? who.id : null;
  return useMemo(() => {
    const people = new Map<string, PersonHere>();
    for (const { tabId, userId, isEditing, isSameWindow } of visitors) {
      if (isSameWindow && userId === ownId) continue;
      const id = userId ?? tabId;
      const name = (userId !== null && users.get(userId)?.name) || "Guest";
      const isBusy = isEditing || people.get(id)?.isEditing === true;
      const whose = userId !== null && userId === ownId ? "You, in another window" : name;
      const text = isBusy ? `${whose}, editing` : whose;
      people.set(id, { user: { id, name }, isEditing: isBusy, text });
    }
    return [...people.values()].sort((a, b) => Number(b.isEditing) - Number(a.isEditing));
  }, [visitors, users, ownId]);
}
