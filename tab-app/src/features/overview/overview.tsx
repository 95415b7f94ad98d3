import { useRef } from "react";
import type { Activity } from "#contract/rows.ts";
import { useOverview } from "#data/hooks/use-overview.ts";
import { useToday } from "#data/hooks/use-today.ts";
import { useUnreadCount } from "#data/hooks/use-unread.ts";
import { type AccountFilter, mine, soon, unread } from "#data/queries/account-filter.ts";
import { InlineProblem } from "#shared/problem/inline-problem.tsx";
import { Problem } from "#shared/problem/problem.tsx";
import { DueTasks, type DueTasksHandle } from "./due-tasks.tsx";
import styles from "./overview.module.css";
import { PlanChart } from "./plan-chart.tsx";
import { Renewals } from "./renewals.tsx";
import { Tile } from "./tile.tsx";
import { WeekChart } from "./week-chart.tsx";

export interface OverviewProps {
  onChoose: (accountId: string) => void;
  /** Shows an account with its tasks. */
  onTasks: (accountId: string) => void;
  onActivity: (activity: Activity) => void;
  /** Lists what a number counts, by what differs from the list of all accounts. */
  onList: (accounts: Partial<AccountFilter>) => void;
}

const soonFirst = { renewal: soon, sort: "renewalDate" } as const;

/** What there is to do and how it goes, where no account is chosen. */
export function Overview({ onChoose, onTasks, onActivity, onList }: OverviewProps) {
  const today = useToday();
  const { overview, query, isMissing } = useOverview(today);
  const changed = useUnreadCount();
  const tasks = useRef<DueTasksHandle>(null);
  const list = (accounts: Partial<AccountFilter>) => () => onList(accounts);
  const hasFailed = query.error !== null && !overview;

  return (
    <section className={styles.overview} aria-label="Overview" aria-busy={query.isLoading}>
      <header className={styles.head}>
        <h2 className={styles.title}>Overview</h2>
        <p className={styles.hint}>
          Select an account to see its details and what happened there.
          {isMissing && " The numbers need Tandem’s own API, which this server is not."}
        </p>
      </header>
      {query.error && overview && (
        <InlineProblem error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      )}
      {hasFailed && (
        <Problem error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      )}
      <ul className={styles.tiles}>
        {!isMissing && !hasFailed && (
          <>
            {overview?.mine == null ? (
              <Tile label="Accounts" value={overview?.accounts} onOpen={list({})} />
            ) : (
              <Tile label="My accounts" value={overview.mine} onOpen={list({ ownerId: mine })} />
            )}
            <Tile
              label="At risk"
              value={overview?.atRisk}
              tone="red"
              onOpen={list({ status: "at risk" })}
            />
            <Tile
              label="Renewals in 60 days"
              value={overview?.renewals}
              tone="amber"
              onOpen={list(soonFirst)}
            />
          </>
        )}
        <Tile
          label="Changed since you looked"
          value={changed}
          tone="accent"
          onOpen={list({ ids: unread })}
        />
        {!isMissing && !hasFailed && (
          <>
            <Tile
              label="Tasks overdue"
              value={overview?.tasks.overdue}
              tone="red"
              onOpen={() => tasks.current?.show("overdue")}
            />
            <Tile
              label="Tasks due today"
              value={overview?.tasks.today}
              onOpen={() => tasks.current?.show("today")}
            />
          </>
        )}
      </ul>
      {!isMissing && !hasFailed && (
        <div className={styles.cards}>
          <div className={styles.column}>
            <DueTasks ref={tasks} today={today} isEnabled={!!overview} onOpen={onTasks} />
            <WeekChart weeks={overview?.weeks} onOpen={onActivity} />
          </div>
          <div className={styles.column}>
            <Renewals onChoose={onChoose} onAll={list(soonFirst)} />
            <PlanChart plans={overview?.plans} onOpen={(plan) => onList({ plan })} />
          </div>
        </div>
      )}
    </section>
  );
}
