import { Inbox, SearchX } from "lucide-react";
import type { ComponentType, ReactNode } from "react";
import { useActivityFeed } from "#data/hooks/use-activity-feed.ts";
import { useIsUnknownAccount } from "#data/hooks/use-is-unknown-account.ts";
import { useMayWrite } from "#data/hooks/use-may-write.ts";
import { type FeedFilter, isFiltering, noFilter, toFeedQuery } from "#data/queries/feed-filter.ts";
import { useAppPart } from "#shared/lazy/app-part.ts";
import { InlineProblem } from "#shared/problem/inline-problem.tsx";
import { Problem } from "#shared/problem/problem.tsx";
import { WaitingForNetwork } from "#shared/problem/waiting-for-network.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import styles from "./activity-feed.module.css";
import { ActivityFeedSkeleton } from "./activity-feed-skeleton.tsx";
import { FeedRows } from "./feed-rows.tsx";
import type { FeedFilterBarProps } from "./filter/feed-filter-bar.tsx";
import { LoadMore } from "./load-more.tsx";
import { NoteComposer } from "./notes/note-composer.tsx";
import { useOrphanedEdits } from "./notes/use-orphaned-edits.ts";

export interface ActivityFeedProps {
  accountId: string;
  filter: FeedFilter;
  /** The activity that a link leads to. */
  linkedId: string | null;
  /** The tab has come here by Back or Forward. */
  isReturning: boolean;
  /** Whether the fields of the filter are shown. */
  showsFilter: boolean;
  onFilter: (filter: FeedFilter) => void;
  /** Above the rows. */
  prompt?: ReactNode;
}

export function ActivityFeed({
  accountId,
  filter,
  linkedId,
  isReturning,
  showsFilter,
  onFilter,
  prompt,
}: ActivityFeedProps) {
  const feed = useActivityFeed(accountId, filter);
  const parts = useAppPart<{ FeedFilterBar: ComponentType<FeedFilterBarProps> }>(showsFilter);
  const isFiltered = isFiltering(filter);
  const isUnknown = useIsUnknownAccount(accountId);
  const mayWrite = useMayWrite();
  const clear = () => onFilter(noFilter);
  const id = toFeedQuery(accountId, filter) ?? accountId;
  const { rows, query } = feed;
  // A note that does not pass the filter is not gone.
  useOrphanedEdits(isFiltered ? null : accountId, feed);

  // The details say so.
  if (isUnknown) return null;
  const bar = showsFilter && parts && (
    <parts.FeedFilterBar accountId={accountId} filter={filter} onFilter={onFilter} />
  );
  const composer = mayWrite && (
    <NoteComposer accountId={accountId} onAdd={isFiltered ? clear : undefined} />
  );
  if (!query.data && query.error) {
    return (
      <>
        {bar}
        {composer}
        {/* What waits for the server. */}
        {rows.length > 0 && <FeedRows id={id} rows={rows} isComplete={false} isLoading={false} />}
        <Problem error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      </>
    );
  }
  return (
    <>
      {bar}
      {composer}
      {query.isRefetchError && (
        <div className={styles.problem}>
          <InlineProblem error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
        </div>
      )}
      {rows.length > 0 && prompt}
      {rows.length > 0 && (
        <FeedRows
          id={id}
          rows={rows}
          linkedId={linkedId}
          isReturning={isReturning}
          isComplete={query.isSuccess && !query.hasNextPage}
          isLoading={query.isFetchingNextPage}
        />
      )}
      <FeedEnd {...feed} onClear={isFiltered ? clear : null} />
    </>
  );
}

/** What is below the rows, or in their place. */
function FeedEnd({
  rows,
  query,
  onClear,
}: ReturnType<typeof useActivityFeed> & { onClear: (() => void) | null }) {
  if (!query.data) return query.isPaused ? <WaitingForNetwork /> : <ActivityFeedSkeleton />;
  if (rows.length > 0 || query.hasNextPage)
    return <LoadMore query={query} oldest={rows.at(-1)?.at} />;
  if (onClear) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="Nothing matches"
        description="No activity of this account passes the filter."
        action={
          <Button size="sm" onClick={onClear}>
            Clear filter
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={<Inbox />}
      title="No activity yet"
      description="Calls, emails, notes and invoices appear here as they happen."
    />
  );
}
