import { useQuery } from "@tanstack/react-query";
import { LogIn, LogOut, Users } from "lucide-react";
import { useState } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { useSession } from "#data/hooks/use-work.ts";
import { usersQuery } from "#data/queries/users.ts";
import { Avatar } from "#shared/users/avatar.tsx";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import { Menu, type MenuItem } from "#ui/popup/menu.tsx";
import { ChooseUser } from "./choose-user.tsx";
import { useLeaveSession } from "./use-leave-session.tsx";
import { UserHeading } from "./user-heading.tsx";
import styles from "./user-menu.module.css";

/** More users than this are listed in a dialog. */
const maxItems = 8;

/** Shows the signed-in user, switches to another one, and signs out. */
export function UserMenu() {
  const data = useData();
  const { who } = useSession();
  const { data: users = [] } = useQuery(usersQuery(data));
  const { leave, warning } = useLeaveSession();
  const [isChoosing, setChoosing] = useState(false);
  const userId = who.kind === "user" ? who.id : null;
  // A user that is unknown, or not loaded yet, is shown by id.
  const user = userId && (users.find(({ id }) => id === userId) ?? { id: userId, name: userId });
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
  const signOut: MenuItem = {
    label: "Sign out",
    icon: <LogOut />,
    separated: true,
    onSelect: () => leave({ label: "Sign out", shortLabel: "Sign out", go: data.session.signOut }),
  };

  return (
    <>
      {user ? (
        <Menu
          heading={<UserHeading user={user} />}
          trigger={
            <IconButton
              size="sm"
              label={`Working as ${user.name}`}
              icon={<Avatar user={user} size="md" />}
            />
          }
          items={[...people, signOut]}
        />
      ) : (
        <Menu
          heading="Who is working?"
          trigger={
            <Button
              size="sm"
              variant="ghost"
              aria-label="Sign in"
              className={styles.signIn}
              icon={<LogIn aria-hidden="true" />}
            >
              <span className={styles.label}>Sign in</span>
            </Button>
          }
          items={people}
        />
      )}
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
