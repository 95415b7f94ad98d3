import { SearchX } from "lucide-react";
import { useAccount } from "#data/hooks/use-account.ts";
import { useIsUnknownAccount } from "#data/hooks/use-is-unknown-account.ts";
import { InlineProblem } from "#shared/problem/inline-problem.tsx";
import { Problem } from "#shared/problem/problem.tsx";
import { WaitingForNetwork } from "#shared/problem/waiting-for-network.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { AccountDetailsSkeleton } from "./account-details-skeleton.tsx";
import { EditableAccount, type EditableAccountProps } from "./editable-account.tsx";

export interface AccountDetailsProps extends Pick<EditableAccountProps, "action" | "children"> {
  accountId: string;
  /** Shows the pinned activities of the account. */
  onShowPinned: () => void;
  /** Leaves an account that does not exist, or not any more. */
  onLeave: () => void;
}

export function AccountDetails({
  accountId,
  onShowPinned,
  onLeave,
  ...slots
}: AccountDetailsProps) {
  const { account, truth, query } = useAccount(accountId);
  const { error, refetch, isFetching } = query;
  const isUnknown = useIsUnknownAccount(accountId);

  if (isUnknown) {
    return (
      <div data-unknown>
        <EmptyState
          icon={<SearchX />}
          title="Account not found"
          description="It may have been deleted, or the link is wrong."
          action={
            <Button size="sm" onClick={onLeave}>
              All accounts
            </Button>
          }
        />
      </div>
    );
  }
  if (account && truth) {
    return (
      <EditableAccount
        account={account}
        version={truth.version}
        onShowPinned={onShowPinned}
        onLeave={onLeave}
        {...slots}
        problem={error && <InlineProblem error={error} onRetry={refetch} retrying={isFetching} />}
      />
    );
  }
  if (error) return <Problem error={error} onRetry={refetch} retrying={isFetching} />;
  if (query.isPaused) return <WaitingForNetwork />;
  return <AccountDetailsSkeleton accountId={accountId} />;
}
