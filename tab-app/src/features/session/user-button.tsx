import { ArrowRight } from "lucide-react";
import type { User } from "#contract/rows.ts";
import { Avatar } from "#shared/users/avatar.tsx";
import styles from "./user-button.module.css";

export function UserButton({ user, onChoose }: { user: User; onChoose: (id: string) => void }) {
  return (
    <button type="button" className={styles.button} onClick={() => onChoose(user.id)}>
      <Avatar user={user} size="lg" />
      <span className={styles.text}>
        <span className={styles.name}>{user.name}</span>
        {user.role && <span className={styles.role}>{user.role}</span>}
      </span>
      <ArrowRight aria-hidden="true" className={styles.arrow} />
    </button>
  );
}
