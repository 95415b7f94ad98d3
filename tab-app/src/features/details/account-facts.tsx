import type { AccountDetails } from "#api/schema.ts";
import { AccountStatus } from "#features/accounts/account-status.tsx";
import { PlanBadge } from "#features/accounts/plan-badge.tsx";
import { formatCalendarDate } from "#features/time/format-time.ts";
import { Avatar } from "#features/users/avatar.tsx";
import { useUsers } from "#features/users/use-users.ts";
import styles from "./account-facts.module.css";
import { Fact } from "./fact.tsx";

const dollars = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  maximumFractionDigits: 0,
});

export function AccountFacts({ account }: { account: AccountDetails }) {
  const owner = useUsers().get(account.ownerId ?? "");
  return (
    <div className={styles.details}>
      <h3 className={styles.name}>{account.name}</h3>
      <dl className={styles.facts}>
        <Fact term="Pinned" big>
          {account.pinnedCount.toLocaleString("en")}
        </Fact>
        <Fact term="Activities" big>
          {account.activityCount.toLocaleString("en")}
        </Fact>
        <Fact term="MRR" big>
          {account.mrr === undefined ? null : dollars.format(account.mrr)}
        </Fact>
        <Fact term="Status">
          <AccountStatus status={account.status} />
        </Fact>
        <Fact term="Plan">
          <PlanBadge plan={account.plan} />
        </Fact>
        <Fact term="Owner">
          {owner && (
            <span className={styles.owner}>
              <Avatar user={owner} />
              {owner.name}
            </span>
          )}
        </Fact>
        <Fact term="Industry">{account.industry}</Fact>
        <Fact term="City">{account.city}</Fact>
        <Fact term="Customer since">{account.since && formatCalendarDate(account.since)}</Fact>
        {account.notes && (
          <Fact term="Notes" wide>
            <span className={styles.notes}>{account.notes}</span>
          </Fact>
        )}
      </dl>
    </div>
  );
}
