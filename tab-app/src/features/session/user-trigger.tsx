import { LogIn } from "lucide-react";
import type { User } from "#contract/rows.ts";
import { Avatar } from "#shared/users/avatar.tsx";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import styles from "./user-trigger.module.css";

/** The button that opens the menu. Without `user` nobody is signed in. */
export function userTrigger(user: Pick<User, "id" | "name"> | null) {
  return user ? (
    <IconButton
      size="sm"
      label={`Working as ${user.name}`}
      icon={<Avatar user={user} size="md" />}
    />
  ) : (
    <Button
      size="sm"
      variant="ghost"
      aria-label="Sign in"
      className={styles.signIn}
      icon={<LogIn aria-hidden="true" />}
    >
      <span className={styles.label}>Sign in</span>
    </Button>
  );
}
