import { useQuery } from "@tanstack/react-query";
import { useData } from "#data/use-data.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import styles from "./account-facts.module.css";
import { AccountFacts } from "./account-facts.tsx";
import { Fact } from "./fact.tsx";

/** What the list knows already is shown at once, so that nothing moves when the rest arrives. */
export function AccountDetailsSkeleton({ accountId }: { accountId: string }) {
  const { data: accounts } = useQuery(useData().accounts());
  const account = accounts?.find(({ id }) => id === accountId);
  if (account) return <AccountFacts account={account} pending />;
  return (
    <div className={styles.details} aria-busy="true">
      <div className={styles.name}>
        <span className={styles.pendingName}>
          <Skeleton width="55%" height="0.9em" />
        </span>
      </div>
      <div aria-hidden="true">
        <dl className={styles.facts}>
          {["Pinned", "Activities", "MRR"].map((term) => (
            <Fact key={term} term={term} big pending />
          ))}
          {["Status", "Plan", "Owner", "Industry", "City", "Customer since"].map((term) => (
            <Fact key={term} term={term} pending />
          ))}
        </dl>
      </div>
    </div>
  );
}
