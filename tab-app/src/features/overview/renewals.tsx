import { useAccountList } from "#data/hooks/use-account-list.ts";
import { allAccounts, soon } from "#data/queries/account-filter.ts";
import { InlineProblem } from "#shared/problem/inline-problem.tsx";
import { formatCalendarDate } from "#shared/time/format-time.ts";
import { Button } from "#ui/button.tsx";
import styles from "./card.module.css";
import { CardSkeleton } from "./card-skeleton.tsx";

export interface RenewalsProps {
  onChoose: (accountId: string) => void;
  /** Lists them all. */
  onAll: () => void;
}

const money = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  maximumFractionDigits: 0,
});
const next = { ...allAccounts, renewal: soon, sort: "renewalDate" } as const;
const most = 6;

/** The contracts that are renewed next. */
export function Renewals({ onChoose, onAll }: RenewalsProps) {
  const { accounts, total = 0, query } = useAccountList(next);
  return (
    <section className={styles.card} aria-label="Next renewals" aria-busy={query.isLoading}>
      <div className={styles.head}>
        <h3 className={styles.title}>Next renewals</h3>
        {total > most && (
          <Button size="sm" variant="ghost" className={styles.more} onClick={onAll}>
            Show all {total}
          </Button>
        )}
      </div>
      {query.error && (
        <InlineProblem error={query.error} onRetry={query.refetch} retrying={query.isFetching} />
      )}
      {query.isLoading && <CardSkeleton />}
      {accounts?.length === 0 && <p className={styles.none}>No contract ends within 60 days.</p>}
      <ul>
        {accounts?.slice(0, most).map(({ id, name, mrr, renewalDate }) => (
          <li key={id}>
            <button type="button" className={styles.row} onClick={() => onChoose(id)}>
              <span className={styles.name} dir="auto">
                {name}
              </span>
              <time dateTime={renewalDate ?? undefined} className={styles.date}>
                {renewalDate && formatCalendarDate(renewalDate)}
              </time>
              <span className={styles.amount}>{mrr == null ? null : money.format(mrr)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
