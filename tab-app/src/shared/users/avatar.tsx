import type { User } from "#contract/rows.ts";
import styles from "./avatar.module.css";
import { hue, initials } from "./identity.ts";

export interface AvatarProps {
  user: Pick<User, "id" | "name">;
  size?: "sm" | "md" | "lg";
}

/** Decoration beside the name. */
export function Avatar({ user, size = "sm" }: AvatarProps) {
  const angle = hue(user.id);
  return (
    <span
      aria-hidden="true"
      className={styles.avatar}
      data-size={size}
      style={{
        background: `oklch(var(--avatar-tint) ${angle})`,
        color: `oklch(var(--avatar-ink) ${angle})`,
      }}
    >
      {initials(user.name)}
    </span>
  );
}
