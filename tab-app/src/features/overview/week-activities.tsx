import { X } from "lucide-react";
import { useEffect, useRef } from "react";
import type { Activity } from "#contract/rows.ts";
import { useAccountNames } from "#data/hooks/use-account-names.ts";
import { useWeekActivities } from "#data/hooks/use-week-activities.ts";
import { KindIcon } from "#shared/fields/kind-icon.tsx";
import { InlineProblem } from "#shared/problem/inline-problem.tsx";
import { formatExact, formatShortDate } from "#shared/time/format-time.ts";
import { useNow } from "#shared/time/now.tsx";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import styles from "./card.module.css";
import { CardSkeleton } from "./card-skeleton.tsx";

export interface WeekActivitiesProps {
  /** The Monday that the week begins on, `2026-11-23`. */
  monday: string;
  title: string;
  onOpen: (activity: Activity) => void;
  onClose: () => void;
}

/** What a bar of the chart counts, newest first; each row leads to the activity in its account. */
export function WeekActivities({ monday, title, onOpen, onClose }: WeekActivitiesProps) {
  const { rows, query } = useWeekActivities(monday);
  const names = useAccountNames(rows.map(({ accountId }) => accountId));
  const now = useNow();
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another week is another list.
  useEffect(() => heading.current?.focus(), [monday]);

  return (
    <section aria-label={title} aria-busy={query.isLoading}>
      <div className={styles.head}>
        <h4 ref={heading} tabIndex={-1} className={styles.group}>
          {title}
        </h4>
        <IconButton size="sm" label="Close the week" icon={<X />} onClick={onClose} />
      </div>
      {query.error && (
        <InlineProblem error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      )}
      {query.isLoading && <CardSkeleton />}
      {query.data && rows.length === 0 && <p className={styles.none}>Nothing happened.</p>}
      <ul>
        {rows.map((activity) => {
          const { id, kind, title: text, accountId } = activity;
          const at = Date.parse(activity.at);
          return (
            <li key={id}>
              <button
                type="button"
                className={`${styles.row} ${styles.activity}`}
                onClick={() => onOpen(activity)}
              >
                <KindIcon kind={kind} />
                <span className={styles.name} dir="auto">
                  {text}
                </span>
                <span className={styles.account} dir="auto">
                  {names.get(accountId)}
                </span>
                <time dateTime={activity.at} title={formatExact(at)} className={styles.date}>
                  {formatShortDate(at, now)}
                </time>
              </button>
            </li>
          );
        })}
      </ul>
      {query.hasNextPage && (
        <Button
          size="sm"
          variant="ghost"
          className={styles.more}
          disabled={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {query.isFetchingNextPage ? "Loading…" : "Show more of this week"}
        </Button>
      )}
    </section>
  );
}
