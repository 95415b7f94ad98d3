import { useQuery } from "@tanstack/react-query";
import { MousePointerClick } from "lucide-react";
import { useData } from "#data/use-data.ts";
import { InlineProblem } from "#features/problem/inline-problem.tsx";
import { Problem } from "#features/problem/problem.tsx";
import { WaitingForNetwork } from "#features/problem/waiting-for-network.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import styles from "./account-details.module.css";
import { AccountDetailsSkeleton } from "./account-details-skeleton.tsx";
import { AccountFacts } from "./account-facts.tsx";

export function AccountDetails({ accountId }: { accountId: string | null }) {
  const query = useQuery(useData().account(accountId));
  const { data: account, error, refetch } = query;

  if (accountId === null) {
    return (
      <EmptyState
        icon={<MousePointerClick />}
        title="No account chosen"
        description="Choose an account to see its details and what happened there."
      />
    );
  }
  if (account) {
    return (
      <>
        {error && (
          <div className={styles.problem}>
            <InlineProblem error={error} onRetry={refetch} retrying={query.isFetching} />
          </div>
        )}
        <AccountFacts account={account} />
      </>
    );
  }
  if (error) return <Problem error={error} onRetry={refetch} retrying={query.isFetching} />;
  if (query.isPaused) return <WaitingForNetwork />;
  return <AccountDetailsSkeleton accountId={accountId} />;
}
