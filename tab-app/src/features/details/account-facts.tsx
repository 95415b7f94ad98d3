import { useState } from "react";
import type { AccountDetails } from "#contract/rows.ts";
import { AccountStatus } from "#shared/fields/account-status.tsx";
import { PlanBadge } from "#shared/fields/plan-badge.tsx";
import { formatCalendarDate } from "#shared/time/format-time.ts";
import { Avatar } from "#shared/users/avatar.tsx";
import { useUsers } from "#shared/users/use-users.ts";
import { Button } from "#ui/button.tsx";
import styles from "./account-facts.module.css";
import { Fact } from "./fact.tsx";

const dollars = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  maximumFractionDigits: 0,
});

export interface AccountFactsProps {
  account: AccountDetails;
  /** Missing fields are loading. */
  pending?: boolean;
  onShowPinned?: () => void;
  onShowHistory?: (() => void) | undefined;
}

export function AccountFacts(props: AccountFactsProps) {
  const { account, pending = false, onShowPinned, onShowHistory } = props;
  // Where there is little space, the details begin with what is asked for most.
  const [isOpen, setOpen] = useState(false);
  const owner = useUsers().get(account.ownerId ?? "");
  const { pinnedCount, activityCount, mrr, renewalDate, industry, city, since } = account;
  return (
    <div className={styles.frame}>
      <dl className={styles.facts} aria-hidden={pending} data-more={isOpen}>
        <Fact term="Pinned" big pending={pending}>
          {pinnedCount && onShowPinned ? (
            <button
              type="button"
              className={styles.link}
              aria-label={`${pinnedCount} pinned: show them`}
              onClick={onShowPinned}
            >
              {pinnedCount.toLocaleString("en")}
            </button>
          ) : (
            pinnedCount?.toLocaleString("en")
          )}
        </Fact>
        <Fact term="Activities" big pending={pending}>
          {activityCount?.toLocaleString("en")}
        </Fact>
        <Fact term="MRR" big pending={pending}>
          {mrr == null ? null : dollars.format(mrr)}
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
              <span dir="auto" title={owner.name}>
                {owner.name}
              </span>
            </span>
          )}
        </Fact>
        <Fact term="Renewal" secondary pending={pending}>
          {renewalDate && formatCalendarDate(renewalDate)}
        </Fact>
        <Fact term="Industry" secondary pending={pending}>
          {industry}
        </Fact>
        <Fact term="City" secondary pending={pending}>
          {city}
        </Fact>
        <Fact term="Customer since" secondary pending={pending}>
          {since && formatCalendarDate(since)}
        </Fact>
        {onShowHistory && (
          <Fact term="History" secondary>
            <button type="button" className={styles.link} onClick={onShowHistory}>
              Show changes
            </button>
          </Fact>
        )}
        {account.notes && (
          <Fact term="Notes" wide>
            <span className={styles.notes} dir="auto">
              {account.notes}
            </span>
          </Fact>
        )}
      </dl>
      {!pending && (
        <div className={styles.more}>
          <Button size="sm" variant="ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? "Fewer details" : "All details"}
          </Button>
        </div>
      )}
    </div>
  );
}
