import type { User } from "#contract/rows.ts";
import { Avatar } from "#shared/users/avatar.tsx";
import styles from "./user-heading.module.css";

export function UserHeading({ user }: { user: Pick<User, "id" | "name" | "role"> }) {
  return (
    <span className={styles.user}>
      <Avatar user={user} size="lg" />
      <span>
        <span className={styles.name}>{user.name}</span>
        {user.role && <span className={styles.role}>{user.role}</span>}
      </span>
    </span>
  );
}
