import { scaleLinear } from "@visx/scale";
import type { Overview } from "#contract/overview.ts";
import { plans as knownPlans } from "#contract/rows.ts";
import styles from "./chart.module.css";

const money = new Intl.NumberFormat("en", {
  style: "currency",
  currency: "USD",
  maximumFractionDigits: 0,
});

export interface PlanChartProps {
  plans: Overview["plans"] | undefined;
  onOpen: (plan: string) => void;
}

/** Monthly revenue of each plan, in the order of the plans. Its numbers are beside the bars, for everybody. */
export function PlanChart({ plans = [], onOpen }: PlanChartProps) {
  const rank = (plan: string) => knownPlans.indexOf(plan) + 1 || knownPlans.length + 1;
  const ordered = [...plans].sort((a, b) => rank(a.plan) - rank(b.plan));
  const x = scaleLinear({
    domain: [0, Math.max(1, ...plans.map(({ mrr }) => mrr))],
    range: [0, 100],
  });
  const total = plans.reduce((sum, { mrr }) => sum + mrr, 0);
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.caption}>
        MRR by plan <span className={styles.total}>{money.format(total)} in all</span>
      </figcaption>
      <ul className={styles.plans}>
        {ordered.map(({ plan, accounts, mrr }) => (
          <li key={plan}>
            <button type="button" className={styles.row} onClick={() => onOpen(plan)}>
              <span>{plan}</span>
              <svg
                aria-hidden="true"
                className={styles.track}
                viewBox="0 0 100 8"
                preserveAspectRatio="none"
              >
                <rect className={styles.bar} x={0} y={0} width={x(mrr)} height={8} rx={1} />
              </svg>
              <span className={styles.amount}>{money.format(mrr)}</span>
              <span className={styles.accounts}>
                {accounts} {accounts === 1 ? "account" : "accounts"}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </figure>
  );
}
