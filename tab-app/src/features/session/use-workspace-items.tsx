import { Boxes, Users } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { Role } from "#contract/who.ts";
import { useData } from "#data/hooks/use-data.ts";
import { describeError } from "#data/server/api-error.ts";
import type { MenuItem } from "#ui/parts/menu-part.tsx";
import { useToast } from "#ui/popup/use-toast.ts";
import { MembersDialog } from "./members-dialog.tsx";
import { useAccess } from "./use-access.ts";
import { useWorkspaces } from "./use-workspaces.ts";

/**
 * Of a person whom a provider vouches for: their other workspaces, and the members for an admin. `name` is that of the
 * workspace, where they have others. The caller renders `dialog`.
 */
export function useWorkspaceItems(
  role: Role | undefined,
  isOpen: boolean,
): { items: readonly MenuItem[]; name: string | null; dialog: ReactNode } {
  const access = useAccess();
  const { session } = useData();
  const showToast = useToast();
  const [showsMembers, setShowsMembers] = useState(false);
  const { workspaces, current } = useWorkspaces(isOpen && role !== undefined);
  if (role === undefined) return { items: [], name: null, dialog: null };

  function move(id: string, name: string) {
    access.moveTo(id).then(session.check, (error: unknown) => {
      const { detail } = describeError(error);
      showToast({ title: `Not changed to ${name}`, description: detail, tone: "danger" });
    });
  }

  const others = workspaces.filter(({ id }) => id !== current);
  const own = workspaces.find(({ id }) => id === current)?.name;
  const items: MenuItem[] = others.map(({ id, name }) => ({
    label: `Change to ${name}`,
    icon: <Boxes />,
    onSelect: () => move(id, name),
  }));
  if (role === "admin")
    items.push({
      label: "Members…",
      icon: <Users />,
      separated: others.length > 0,
      onSelect: () => setShowsMembers(true),
    });
  const dialog = role === "admin" && (
    <MembersDialog
      open={showsMembers}
      onClose={() => setShowsMembers(false)}
      workspace={own ?? "this workspace"}
    />
  );
  return { items, name: others.length > 0 ? (own ?? null) : null, dialog };
}
