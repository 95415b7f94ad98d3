import { clsx } from "clsx";
import { useAccountInLists } from "#data/hooks/use-listed-account.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import styles from "./account-details.module.css";
import factsStyles from "./account-facts.module.css";
import { AccountFacts } from "./account-facts.tsx";
import { AccountHeading } from "./account-heading.tsx";
import { Fact } from "./fact.tsx";

/** Shows at once the fields that the list has, so that nothing moves when the rest arrives. */
export function AccountDetailsSkeleton({ accountId }: { accountId: string }) {
  const account = useAccountInLists(accountId);
  if (account) {
    return (
      <div className={styles.details} aria-busy="true">
        <AccountHeading name={account.name} />
        <div className={styles.main}>
          <AccountFacts account={account} pending />
        </div>
      </div>
    );
  }
  return (
    <div className={styles.details} aria-busy="true">
      <div className={styles.pendingName}>
        <Skeleton width="55%" height="0.9em" />
      </div>
      <dl inert className={clsx(styles.main, factsStyles.facts)}>
        {["Pinned", "Activities", "MRR"].map((term) => (
          <Fact key={term} term={term} big pending />
        ))}
        {["Status", "Plan", "Owner", "Renewal", "Industry", "City", "Customer since"].map(
          (term) => (
            <Fact key={term} term={term} pending />
          ),
        )}
      </dl>
    </div>
  );
}
