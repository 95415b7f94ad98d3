import { type Editor, useEditors } from "#data/hooks/use-who-is-there.ts";
import { useSession } from "#data/hooks/use-work.ts";
import { useUsers } from "#shared/users/use-users.ts";
import { describeEditors } from "./describe-editors.ts";

/** The other tabs that edit an account, and that in words; null where there are none. */
export function useEditorsText(accountId: string): {
  readonly editors: readonly Editor[];
  readonly text: string | null;
} {
  const editors = useEditors(accountId);
  const users = useUsers();
  const { who } = useSession();
  if (editors.length === 0) return { editors, text: null };
  const ownId = who.kind === "user" ? who.id : null;
  return { editors, text: describeEditors(editors, (id) => users.get(id)?.name, ownId) };
}
