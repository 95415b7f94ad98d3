import type { AccountGroup } from "#data/queries/account-filter.ts";
import { capitalize } from "#shared/text/capitalize.ts";
import { useUsers } from "#shared/users/use-users.ts";
import styles from "./group-heading.module.css";

export interface GroupHeadingProps {
  group: AccountGroup;
  /** Of the accounts below it; null for none. */
  value: string | null;
}

export function GroupHeading({ group, value }: GroupHeadingProps) {
  const users = useUsers();
  const text = group === "ownerId" ? (users.get(value ?? "")?.name ?? value) : value;
  return (
    <li data-heading className={styles.heading}>
      <h3 dir="auto">{text ? capitalize(text) : group === "ownerId" ? "No owner" : "None"}</h3>
    </li>
  );
}
