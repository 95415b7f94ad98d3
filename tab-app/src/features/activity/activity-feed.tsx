import { Inbox, MousePointerClick } from "lucide-react";
import { useActivityFeed } from "#data/hooks/use-activity-feed.ts";
import { InlineProblem } from "#shared/problem/inline-problem.tsx";
import { Problem } from "#shared/problem/problem.tsx";
import { WaitingForNetwork } from "#shared/problem/waiting-for-network.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import styles from "./activity-feed.module.css";
import { ActivityFeedSkeleton } from "./activity-feed-skeleton.tsx";
import { FeedRows } from "./feed-rows.tsx";
import { LoadMore } from "./load-more.tsx";
import { NoteComposer } from "./notes/note-composer.tsx";
import { useOrphanedEdits } from "./notes/use-orphaned-edits.ts";

export function ActivityFeed({ accountId }: { accountId: string | null }) {
  const feed = useActivityFeed(accountId);
  const { rows, query } = feed;
  useOrphanedEdits(accountId, feed);

  if (accountId === null) {
    return (
      <EmptyState
        icon={<MousePointerClick />}
        title="Nothing to show yet"
        description="What happens at the account you choose appears here."
      />
    );
  }
  if (!query.data && query.error)
    return <Problem error={query.error} onRetry={query.refetch} retrying={query.isFetching} />;
  return (
    <>
      <NoteComposer accountId={accountId} />
      {query.isRefetchError && (
        <div className={styles.problem}>
          <InlineProblem error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
        </div>
      )}
      {rows.length > 0 && (
        <FeedRows
          rows={rows}
          isComplete={query.isSuccess && !query.hasNextPage}
          isLoading={query.isFetchingNextPage}
        />
      )}
      <FeedEnd {...feed} />
    </>
  );
}

/** What is below the rows, or in their place. */
function FeedEnd({ rows, query }: ReturnType<typeof useActivityFeed>) {
  if (!query.data) return query.isPaused ? <WaitingForNetwork /> : <ActivityFeedSkeleton />;
  if (rows.length > 0 || query.hasNextPage)
    return <LoadMore query={query} oldest={rows.at(-1)?.at} />;
  return (
    <EmptyState
      icon={<Inbox />}
      title="No activity yet"
      description="Calls, emails, notes and invoices appear here as they happen."
    />
  );
}
