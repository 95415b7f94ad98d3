import { LogOut, Users } from "lucide-react";
import { useState } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { useCommand } from "#shared/commands/use-command.ts";
import { Avatar } from "#shared/users/avatar.tsx";
import { type MenuItem, MenuPart } from "#ui/parts/menu-part.tsx";
import type { ReplacedTrigger } from "#ui/parts/replaced-trigger.ts";
import { ChooseUser } from "./choose-user.tsx";
import { useLeaveSession } from "./use-leave-session.tsx";
import { useWhoIsWorking } from "./use-who-is-working.ts";
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

  const signOut = () =>
    leave({ label: "Sign out", shortLabel: "Sign out", go: data.session.signOut });
  useCommand("switch user", () => setChoosing(true));
  useCommand("sign out", signOut, user !== null);

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
  const last: MenuItem = {
    label: "Sign out",
    icon: <LogOut />,
    separated: true,
    onSelect: signOut,
  };

  return (
    <>
      <MenuPart
        {...replaced}
        heading={user ? <UserHeading user={user} /> : "Who is working?"}
        trigger={userTrigger(user)}
        items={user ? [...people, last] : people}
      />
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
