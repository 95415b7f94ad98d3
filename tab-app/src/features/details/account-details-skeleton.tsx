import { useQuery } from "@tanstack/react-query";
import { useData } from "#data/use-data.ts";
import { Skeleton } from "#ui/skeleton.tsx";
import styles from "./account-details-skeleton.module.css";
import facts from "./account-facts.module.css";
import { Fact } from "./fact.tsx";

const numbers = ["Pinned", "Activities", "MRR"];
const terms = ["Status", "Plan", "Owner", "Industry", "City", "Customer since"];

/** The terms are known already, and the name may be from the list; the rest is on its way. */
export function AccountDetailsSkeleton({ accountId }: { accountId: string }) {
  const { data: accounts } = useQuery(useData().accounts());
  const name = accounts?.find(({ id }) => id === accountId)?.name;
  return (
    <div className={facts.details} aria-busy="true">
      {name ? (
        <h3 className={facts.name}>{name}</h3>
      ) : (
        <div className={`${facts.name} ${styles.name}`}>
          <Skeleton width="55%" height={18} />
        </div>
      )}
      <div aria-hidden="true">
        <dl className={facts.facts}>
          {numbers.map((term) => (
            <Fact key={term} term={term} big>
              <span className={styles.value}>
                <Skeleton width={36} height={14} />
              </span>
            </Fact>
          ))}
          {terms.map((term) => (
            <Fact key={term} term={term}>
              <span className={styles.value}>
                <Skeleton width={`${40 + ((term.length * 7) % 30)}%`} />
              </span>
            </Fact>
          ))}
        </dl>
      </div>
    </div>
  );
}
