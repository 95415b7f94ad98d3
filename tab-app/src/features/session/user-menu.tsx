import { LogOut, Users } from "lucide-react";
import { useState } from "react";
import type { Role } from "#contract/who.ts";
import { useData } from "#data/hooks/use-data.ts";
import { useSession } from "#data/hooks/use-work.ts";
import { postSignOut } from "#data/server/post-sign-out.ts";
import { useCommand } from "#shared/commands/use-command.ts";
import { Avatar } from "#shared/users/avatar.tsx";
import { type MenuItem, MenuPart } from "#ui/parts/menu-part.tsx";
import type { ReplacedTrigger } from "#ui/parts/replaced-trigger.ts";
import { useToast } from "#ui/popup/use-toast.ts";
import { ChooseUser } from "./choose-user.tsx";
import { useLeaveSession } from "./use-leave-session.tsx";
import { useWhoIsWorking } from "./use-who-is-working.ts";
import { useWorkspaceItems } from "./use-workspace-items.tsx";
import { UserHeading } from "./user-heading.tsx";
import { userTrigger } from "./user-trigger.tsx";

/** More users than this are listed in a dialog. */
const maxItems = 8;

/** Shows the signed-in user, switches to another one, and signs out. It takes the place of a button that was there. */
export function UserMenu(replaced: ReplacedTrigger) {
  const data = useData();
  const { user, users } = useWhoIsWorking();
  const { leave, warning } = useLeaveSession();
  const [isChoosing, setChoosing] = useState(false);
  const userId = user?.id ?? null;
  const others = users.filter(({ id }) => id !== userId);

  function choose(id: string) {
    const name = users.find((each) => each.id === id)?.name ?? id;
    setChoosing(false);
    leave({
      label: user ? `Switch to ${name}` : `Sign in as ${name}`,
      shortLabel: user ? "Switch" : "Sign in",
      go: () => data.session.signIn(id),
    });
  }

  const { who } = useSession();
  const role = who.kind === "user" ? who.role : undefined;
  const [isOpen, setOpen] = useState(replaced.wasPressed);
  const workspace = useWorkspaceItems(role, isOpen);
  const showToast = useToast();
  const endSession = (everywhere: boolean) => async () => {
    // Ends this tab's session too, whatever becomes of the request; of the other browsers only the server can.
    const ended = postSignOut(everywhere);
    if (everywhere && !(await isDone(ended))) {
      showToast({
        title: "Not signed out",
        description: "The server cannot be reached. Try again in a moment.",
        tone: "danger",
      });
      return;
    }
    ended.catch(() => {});
    data.session.signOut();
  };
  const fits = others.length > 0 && others.length <= maxItems;
  const people: MenuItem[] = fits
    ? others.map((other) => ({
        label: user ? `Switch to ${other.name}` : other.name,
        icon: <Avatar user={other} />,
        hint: user ? undefined : other.role,
        onSelect: () => choose(other.id),
      }))
    : [
        {
          label: user ? "Switch to somebody else…" : "Choose from a list…",
          icon: <Users />,
          onSelect: () => setChoosing(true),
        },
      ];
  const signOut = (label: string, go: () => void) => () =>
    leave({ label, shortLabel: "Sign out", go });
  const signOutHere = signOut("Sign out", role ? endSession(false) : data.session.signOut);
  useCommand("switch user", () => setChoosing(true), !role);
  useCommand("sign out", signOutHere, user !== null);
  const last: MenuItem = {
    label: "Sign out",
    icon: <LogOut />,
    separated: !role || workspace.items.length > 0,
    onSelect: signOutHere,
  };
  const everywhere: MenuItem = {
    label: "Sign out everywhere",
    icon: <LogOut />,
    onSelect: signOut("Sign out everywhere", endSession(true)),
  };
  const items = role
    ? [...workspace.items, last, everywhere]
    : [...people, ...(user ? [last] : [])];

  return (
    <>
      <MenuPart
        {...replaced}
        heading={
          user ? (
            <UserHeading
              user={role ? { ...user, role: describeRole(role, workspace.name) } : user}
            />
          ) : (
            "Who is working?"
          )
        }
        trigger={userTrigger(user)}
        items={items}
        onOpenChange={setOpen}
      />
      {workspace.dialog}
      <ChooseUser
        open={isChoosing}
        onOpenChange={setChoosing}
        exceptId={userId}
        onChoose={choose}
      />
      {warning}
    </>
  );
}

function describeRole(role: Role, workspace: string | null): string {
  return workspace === null ? role : `${role} in ${workspace}`;
}

async function isDone(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch {
    return false; // Not reached, or refused.
  }
}
