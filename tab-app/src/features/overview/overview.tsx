import { useOverview } from "#data/hooks/use-overview.ts";
import { useLatestUnread, useUnreadCount } from "#data/hooks/use-unread.ts";
import { type AccountFilter, mine } from "#data/queries/account-filter.ts";
import { InlineProblem } from "#shared/problem/inline-problem.tsx";
import { Problem } from "#shared/problem/problem.tsx";
import { useNow } from "#shared/time/now.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import styles from "./overview.module.css";
import { PlanChart } from "./plan-chart.tsx";
import { toDay } from "./to-day.ts";
import { WeekChart } from "./week-chart.tsx";

export interface OverviewProps {
  onChoose: (accountId: string) => void;
  /** Lists what a number counts, by what differs from the list of all accounts. */
  onList: (accounts: Partial<AccountFilter>) => void;
}

/** What there is to do and how it goes, where no account is chosen. */
export function Overview({ onChoose, onList }: OverviewProps) {
  const today = toDay(useNow());
  const { overview, query, isMissing } = useOverview(today);
  const unread = useUnreadCount();
  const latest = useLatestUnread();
  const list = (accounts: Partial<AccountFilter>) => () => onList(accounts);

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
      {query.error && !overview && (
        <Problem error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      )}
      <ul className={styles.tiles}>
        {overview?.mine != null && (
          <Tile label="My accounts" value={overview.mine} onOpen={list({ ownerId: mine })} />
        )}
        {overview && (
          <>
            {overview.mine === null && (
              <Tile label="Accounts" value={overview.accounts} onOpen={list({})} />
            )}
            <Tile
              label="At risk"
              value={overview.atRisk}
              tone="red"
              onOpen={list({ status: "at risk" })}
            />
            <Tile
              label="Renewals in 60 days"
              value={overview.renewals}
              tone="amber"
              onOpen={list({ sort: "renewalDate" })}
            />
          </>
        )}
        <Tile
          label="Changed since you looked"
          value={unread}
          tone="accent"
          onOpen={latest === null ? undefined : () => onChoose(latest)}
        />
        {overview && (
          <>
            <Tile label="Tasks overdue" value={overview.tasks.overdue} tone="red" />
            <Tile label="Tasks due today" value={overview.tasks.today} />
          </>
        )}
      </ul>
      {overview ? (
        <div className={styles.charts}>
          <WeekChart weeks={overview.weeks} />
          <PlanChart plans={overview.plans} onOpen={(plan) => onList({ plan })} />
        </div>
      ) : (
        query.isLoading && <Skeleton height={160} />
      )}
    </section>
  );
}

interface TileProps {
  label: string;
  value: number;
  /** Of a number that is not 0. */
  tone?: "red" | "amber" | "accent";
  onOpen?: (() => void) | undefined;
}

function Tile({ label, value, tone, onOpen }: TileProps) {
  const content = (
    <>
      <span className={styles.value} data-tone={value > 0 ? tone : undefined}>
        {value.toLocaleString("en")}
      </span>{" "}
      <span className={styles.label}>{label}</span>
    </>
  );
  return (
    <li>
      {onOpen && value > 0 ? (
        <button type="button" className={styles.tile} onClick={onOpen}>
          {content}
        </button>
      ) : (
        <div className={styles.tile}>{content}</div>
      )}
    </li>
  );
}
