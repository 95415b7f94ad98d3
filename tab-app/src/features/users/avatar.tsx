import type { User } from "#api/schema.ts";
import styles from "./avatar.module.css";
import { hue, initials } from "./identity.ts";

/** Decoration only: the name stands beside it. */
export function Avatar({ user }: { user: Pick<User, "id" | "name"> }) {
  const angle = hue(user.id);
  return (
    <span
      aria-hidden="true"
      className={styles.avatar}
      style={{
        background: `oklch(var(--avatar-tint) ${angle})`,
        color: `oklch(var(--avatar-ink) ${angle})`,
      }}
    >
      {initials(user.name)}
    </span>
  );
}
