import { UserRound } from "lucide-react";
import { Avatar } from "#shared/users/avatar.tsx";
import styles from "./people-here.module.css";
import { usePeopleHere } from "./use-people-here.ts";

export interface PeopleHereProps {
  accountId: string;
  /** How many have an avatar; of the rest there is the number. */
  most: number;
  size?: "sm" | "md";
}

/** Avatars of everybody else who looks at the account, with a ring for those who edit it. */
export function PeopleHere({ accountId, most, size = "sm" }: PeopleHereProps) {
  const people = usePeopleHere(accountId);
  if (people.length === 0) return null;
  const shown = people.slice(0, most);
  const text = `Also here: ${people.map((person) => person.text).join("; ")}`;
  return (
    <span className={styles.people} data-tooltip={text}>
      <span className="visually-hidden">{text}</span>
      {shown.map(({ user, isGuest, isEditing }) => (
        <span key={user.id} className={styles.person} data-editing={isEditing}>
          {isGuest ? (
            <span aria-hidden="true" className={styles.guest} data-size={size}>
              <UserRound />
            </span>
          ) : (
            <Avatar user={user} size={size} />
          )}
        </span>
      ))}
      {people.length > most && (
        <span aria-hidden="true" className={styles.more}>
          +{people.length - most}
        </span>
      )}
    </span>
  );
}
