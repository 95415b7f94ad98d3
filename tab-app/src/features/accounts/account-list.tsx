import { useQueryClient } from "@tanstack/react-query";
import { Search, SearchX, Users } from "lucide-react";
import { Fragment, type KeyboardEvent, useCallback, useRef, useState } from "react";
import { useAccounts } from "#data/hooks/use-accounts.ts";
import { useData } from "#data/hooks/use-data.ts";
import { usePendingEdits } from "#data/hooks/use-pending-edits.ts";
import { accountQuery } from "#data/queries/account.ts";
import { InlineProblem } from "#shared/problem/inline-problem.tsx";
import { Problem } from "#shared/problem/problem.tsx";
import { WaitingForNetwork } from "#shared/problem/waiting-for-network.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Gap } from "#ui/list/gap.tsx";
import { useKeys } from "#ui/list/use-keys.ts";
import { useRowWindow } from "#ui/list/use-row-window.ts";
import { AccountButton } from "./account-button.tsx";
import styles from "./account-list.module.css";
import { AccountListSkeleton } from "./account-list-skeleton.tsx";
import { filterAccounts } from "./filter-accounts.ts";

export interface AccountListProps {
  chosenId: string | null;
  onChoose: (accountId: string) => void;
  /** Whether details are shown, so that prefetching them is useful. */
  prefetch: boolean;
}

export function AccountList({ chosenId, onChoose, prefetch }: AccountListProps) {
  const data = useData();
  const client = useQueryClient();
  const { accounts, query } = useAccounts();
  const { error, refetch } = query;
  const pending = usePendingEdits();
  const [filter, setFilter] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const shown = filterAccounts(accounts ?? [], filter);
  const chosenAt = shown.findIndex(({ id }) => id === chosenId);
  const { rows, measure, rowAt } = useRowWindow({
    list,
    count: shown.length,
    keyAt: useKeys(shown),
    estimate: 33,
    keep: () => [chosenAt],
  });

  const intend = useCallback(
    (id: string) => {
      if (prefetch) void client.prefetchQuery(accountQuery(data, id));
    },
    [client, data, prefetch],
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const inFilter = event.target instanceof HTMLInputElement;
    if (event.key === "Escape" && inFilter) setFilter("");
    const first = shown[0];
    if (event.key === "Enter" && inFilter && filter && first) onChoose(first.id);
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const item = event.target instanceof Element && event.target.closest<HTMLElement>("li");
    const at = item ? Number(item.dataset.index) : inFilter ? -1 : undefined;
    if (at === undefined) return;
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    const stop = next === -1 ? input.current : rowAt(next)?.querySelector("button");
    if (!stop) return;
    event.preventDefault();
    stop.focus();
  };

  return (
    <nav aria-label="Accounts" className={styles.accounts} onKeyDown={onKeyDown}>
      <div className={styles.head}>
        <h2 className={styles.heading}>Accounts</h2>
        <span className={styles.count}>{accounts?.length.toLocaleString("en")}</span>
        <div className={styles.filter}>
          <Search aria-hidden="true" />
          <input
            ref={input}
            type="search"
            aria-label="Filter accounts"
            placeholder="Filter"
            autoComplete="off"
            spellCheck={false}
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        </div>
      </div>
      <div className={styles.body} data-scrolls aria-busy={!accounts && !error}>
        {!accounts &&
          (error ? (
            <Problem error={error} onRetry={refetch} retrying={query.isFetching} />
          ) : query.isPaused ? (
            <WaitingForNetwork />
          ) : (
            <AccountListSkeleton />
          ))}
        {accounts && error && (
          <div className={styles.problem}>
            <InlineProblem error={error} onRetry={refetch} retrying={query.isFetching} />
          </div>
        )}
        {accounts?.length === 0 && (
          <EmptyState
            compact
            icon={<Users />}
            title="No accounts yet"
            description="Accounts appear here as soon as there are some."
          />
        )}
        {accounts && accounts.length > 0 && shown.length === 0 && (
          <EmptyState
            compact
            icon={<SearchX />}
            title="Nothing matches"
            description={`No account is called “${filter.trim()}”.`}
            action={
              <Button size="sm" onClick={() => setFilter("")}>
                Clear filter
              </Button>
            }
          />
        )}
        <ul ref={list} className={styles.list}>
          {rows.map(({ index, gap }) => {
            const account = shown[index];
            if (!account) return null;
            return (
              <Fragment key={account.id}>
                {gap > 0 && <Gap as="li" height={gap} />}
                <li
                  ref={measure}
                  data-index={index}
                  aria-posinset={index + 1}
                  aria-setsize={shown.length}
                >
                  <AccountButton
                    account={account}
                    unconfirmed={pending.get(account.id) ?? null}
                    chosen={account.id === chosenId}
                    onChoose={onChoose}
                    onIntent={intend}
                  />
                </li>
              </Fragment>
            );
          })}
        </ul>
      </div>
    </nav>
  );
}
