import { MousePointerClick } from "lucide-react";
import { useAccount } from "#data/hooks/use-account.ts";
import { InlineProblem } from "#shared/problem/inline-problem.tsx";
import { Problem } from "#shared/problem/problem.tsx";
import { WaitingForNetwork } from "#shared/problem/waiting-for-network.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { AccountDetailsSkeleton } from "./account-details-skeleton.tsx";
import { EditableAccount } from "./editable-account.tsx";

export interface AccountDetailsProps {
  accountId: string | null;
  /** Shows the pinned activities of the account. */
  onShowPinned: () => void;
}

export function AccountDetails({ accountId, onShowPinned }: AccountDetailsProps) {
  const { account, truth, query } = useAccount(accountId);
  const { error, refetch, isFetching } = query;

  if (accountId === null) {
    return (
      <EmptyState
        icon={<MousePointerClick />}
        title="No account chosen"
        description="Choose an account to see its details and what happened there."
      />
    );
  }
  if (account && truth) {
    return (
      <EditableAccount
        account={account}
        version={truth.version}
        onShowPinned={onShowPinned}
        problem={error && <InlineProblem error={error} onRetry={refetch} retrying={isFetching} />}
      />
    );
  }
  if (error) return <Problem error={error} onRetry={refetch} retrying={isFetching} />;
  if (query.isPaused) return <WaitingForNetwork />;
  return <AccountDetailsSkeleton accountId={accountId} />;
}
