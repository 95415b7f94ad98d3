import { ArrowDownWideNarrow, ArrowUpNarrowWide } from "lucide-react";
import { useId } from "react";
import { plans, statuses } from "#contract/rows.ts";
import { useSession } from "#data/hooks/use-work.ts";
import {
  type AccountFilter,
  type AccountGroup,
  type AccountSort,
  accountGroups,
  accountSorts,
  allAccounts,
  isFilteringAccounts,
  mine,
  soon,
  unread,
} from "#data/queries/account-filter.ts";
import { capitalize } from "#shared/text/capitalize.ts";
import { useUsers } from "#shared/users/use-users.ts";
import { Button } from "#ui/button.tsx";
import { IconButton } from "#ui/icon-button.tsx";
import styles from "./list-options.module.css";

export interface ListOptionsProps {
  list: AccountFilter;
  onList: (list: AccountFilter) => void;
}

const sortLabels: Readonly<Record<AccountSort, string>> = {
  name: "Name",
  mrr: "MRR",
  lastActivityAt: "Last activity",
  renewalDate: "Renewal date",
};

const groupLabels: Readonly<Record<AccountGroup, string>> = {
  ownerId: "Owner",
  plan: "Plan",
  status: "Status",
};

/** The direction that people ask for first: most money, latest activity, next renewal. */
const startsDescending: ReadonlySet<AccountSort> = new Set(["mrr", "lastActivityAt"]);

/** How the list of accounts is sorted, grouped and filtered. */
export function ListOptions({ list, onList }: ListOptionsProps) {
  const id = useId();
  const { who } = useSession();
  const users = [...useUsers().values()].map((user) => [user.id, user.name] as const);
  const own = who.kind === "user" ? [[mine, "Mine"] as const] : [];
  const { isDescending } = list;
  return (
    <div className={styles.fields}>
      <label htmlFor={id}>Sort by</label>
      <span className={styles.sort}>
        <select
          id={id}
          className={styles.select}
          value={list.sort}
          onChange={({ target }) => {
            const sort = accountSorts.find((each) => each === target.value) ?? allAccounts.sort;
            onList({ ...list, sort, isDescending: startsDescending.has(sort) });
          }}
        >
          {accountSorts.map((sort) => (
            <option key={sort} value={sort}>
              {sortLabels[sort]}
            </option>
          ))}
        </select>
        <IconButton
          label="Descending"
          hint={isDescending ? "Descending" : "Ascending"}
          icon={isDescending ? <ArrowDownWideNarrow /> : <ArrowUpNarrowWide />}
          aria-pressed={isDescending}
          onClick={() => onList({ ...list, isDescending: !isDescending })}
        />
      </span>
      <Choice
        label="Group by"
        all="No groups"
        value={list.group}
        options={accountGroups.map((group) => [group, groupLabels[group]])}
        onChoose={(value) =>
          onList({ ...list, group: accountGroups.find((each) => each === value) ?? null })
        }
      />
      <Choice
        label="Owner"
        all="Anyone"
        value={list.ownerId}
        options={[...own, ...users]}
        onChoose={(ownerId) => onList({ ...list, ownerId })}
      />
      <Choice
        label="Plan"
        all="Any plan"
        value={list.plan}
        options={plans.map((plan) => [plan, plan])}
        onChoose={(plan) => onList({ ...list, plan })}
      />
      <Choice
        label="Status"
        all="Any status"
        value={list.status}
        options={statuses.map((status) => [status, capitalize(status)])}
        onChoose={(status) => onList({ ...list, status })}
      />
      <Choice
        label="Renewal"
        all="Any date"
        value={list.renewal && soon}
        options={[[soon, "Within 60 days"]]}
        onChoose={(value) => onList({ ...list, renewal: value === soon ? soon : null })}
      />
      <Choice
        label="Changes"
        all="Any account"
        value={list.ids && unread}
        options={[[unread, "Since you looked"]]}
        onChoose={(value) => onList({ ...list, ids: value === unread ? unread : null })}
      />
      {isFilteringAccounts(list) && (
        <span className={styles.clear}>
          <Button
            size="sm"
            variant="ghost"
            onClick={() =>
              onList({ ...allAccounts, group: list.group, sort: list.sort, isDescending })
            }
          >
            Clear filter
          </Button>
        </span>
      )}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  /** What choosing none is called. */
  all: string;
  value: string | null;
  options: readonly (readonly [value: string, label: string])[];
  onChoose: (value: string | null) => void;
}

function Choice({ label, all, value, options, onChoose }: ChoiceProps) {
  const id = useId();
  const isKnown = value === null || options.some(([each]) => each === value);
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={styles.select}
        value={value ?? ""}
        onChange={({ target }) => onChoose(target.value || null)}
      >
        <option value="">{all}</option>
        {!isKnown && <option value={value}>{value}</option>}
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </>
  );
}
