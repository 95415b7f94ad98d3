import { Inbox, MousePointerClick } from "lucide-react";
import { Fragment, type KeyboardEvent } from "react";
import { useActivityFeed } from "#data/use-activity-feed.ts";
import { InlineProblem } from "#features/problem/inline-problem.tsx";
import { Problem } from "#features/problem/problem.tsx";
import { WaitingForNetwork } from "#features/problem/waiting-for-network.tsx";
import { dayKey, formatDay } from "#features/time/format-time.ts";
import { useNow } from "#features/time/now.tsx";
import { useUsers } from "#features/users/use-users.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ActivityArticle } from "./activity-article.tsx";
import styles from "./activity-feed.module.css";
import { ActivityFeedSkeleton } from "./activity-feed-skeleton.tsx";
import { LoadMore } from "./load-more.tsx";
import { stepThroughFeed } from "./step-through-feed.ts";

export function ActivityFeed({ accountId }: { accountId: string | null }) {
  const { rows, query } = useActivityFeed(accountId);
  const users = useUsers();
  const now = useNow();

  if (accountId === null) {
    return (
      <EmptyState
        icon={<MousePointerClick />}
        title="Nothing to show yet"
        description="What happens at the account you choose appears here."
      />
    );
  }
  if (!query.data) {
    if (query.error) {
      return <Problem error={query.error} onRetry={query.refetch} retrying={query.isFetching} />;
    }
    return query.isPaused ? <WaitingForNetwork /> : <ActivityFeedSkeleton />;
  }

  if (rows.length === 0 && !query.hasNextPage) {
    return (
      <EmptyState
        icon={<Inbox />}
        title="No activity yet"
        description="Calls, emails, notes and invoices appear here as they happen."
      />
    );
  }

  const setSize = query.hasNextPage ? -1 : rows.length;
  return (
    <>
      {query.isRefetchError && (
        <div className={styles.problem}>
          <InlineProblem error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
        </div>
      )}
      <div
        role="feed"
        aria-label="Activity"
        aria-busy={query.isFetchingNextPage}
        className={styles.feed}
        onKeyDown={(event: KeyboardEvent<HTMLElement>) => {
          if (stepThroughFeed(event.currentTarget, event)) event.preventDefault();
        }}
      >
        {rows.map((row, index) => {
          const at = Date.parse(row.at);
          const before = rows[index - 1];
          const opensDay = !before || dayKey(Date.parse(before.at)) !== dayKey(at);
          return (
            <Fragment key={row.id}>
              {opensDay && (
                <div aria-hidden="true" className={styles.day}>
                  {formatDay(at, now)}
                </div>
              )}
              <ActivityArticle
                row={row}
                author={users.get(row.authorId ?? "")}
                position={index + 1}
                setSize={setSize}
              />
            </Fragment>
          );
        })}
      </div>
      <LoadMore query={query} oldest={rows.at(-1)?.at} />
    </>
  );
}
