import { useQuery } from "@tanstack/react-query";
import { Users } from "lucide-react";
import { useData } from "#data/hooks/use-data.ts";
import { usersQuery } from "#data/queries/users.ts";
import { Problem } from "#shared/problem/problem.tsx";
import { WaitingForNetwork } from "#shared/problem/waiting-for-network.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { UserButton } from "./user-button.tsx";
import styles from "./user-list.module.css";
import { UserListSkeleton } from "./user-list-skeleton.tsx";

export interface UserListProps {
  /** The user to leave out: the one who is signed in. */
  exceptId?: string | null;
  onChoose: (userId: string) => void;
}

/** All users, each a button. */
export function UserList({ exceptId = null, onChoose }: UserListProps) {
  const query = useQuery(usersQuery(useData()));
  const { data: users, error, refetch } = query;

  if (!users) {
    if (error) return <Problem error={error} onRetry={refetch} retrying={query.isFetching} />;
    return query.isPaused ? <WaitingForNetwork /> : <UserListSkeleton />;
  }
  if (users.length === 0) {
    return (
      <EmptyState
        icon={<Users />}
        title="No users yet"
        description="Users appear here as soon as there are some."
      />
    );
  }
  return (
    <ul aria-label="Users" className={styles.list}>
      {users
        .filter(({ id }) => id !== exceptId)
        .map((user) => (
          <li key={user.id}>
            <UserButton user={user} onChoose={onChoose} />
          </li>
        ))}
    </ul>
  );
}
