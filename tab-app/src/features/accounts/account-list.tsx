import { useQueryClient } from "@tanstack/react-query";
import { SearchX, Users } from "lucide-react";
import { Fragment, type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { useAccountList } from "#data/hooks/use-account-list.ts";
import { useData } from "#data/hooks/use-data.ts";
import { usePendingEdits } from "#data/hooks/use-pending-edits.ts";
import { accountQuery } from "#data/queries/account.ts";
import {
  type AccountFilter,
  allAccounts,
  isFilteringAccounts,
  toAccountsQuery,
} from "#data/queries/account-filter.ts";
import { InlineProblem } from "#shared/problem/inline-problem.tsx";
import { Problem } from "#shared/problem/problem.tsx";
import { WaitingForNetwork } from "#shared/problem/waiting-for-network.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Gap } from "#ui/list/gap.tsx";
import { groupOpenerOf, heightWithHeading, opensGroup } from "#ui/list/groups.ts";
import { useKeys } from "#ui/list/use-keys.ts";
import { useNearEnd } from "#ui/list/use-near-end.ts";
import { useRowWindow } from "#ui/list/use-row-window.ts";
import { useStay } from "#ui/list/use-stay.ts";
import { AccountButton } from "./account-button.tsx";
import styles from "./account-list.module.css";
import { AccountListHead, type WantedRow } from "./account-list-head.tsx";
import { AccountListSkeleton } from "./account-list-skeleton.tsx";
import { GroupHeading } from "./group-heading.tsx";

export interface AccountListProps {
  /** Which accounts are shown, and in which order. */
  list: AccountFilter;
  onList: (list: AccountFilter) => void;
  chosenId: string | null;
  onChoose: (accountId: string) => void;
  /** Whether details are shown, so that prefetching them is useful. */
  prefetch: boolean;
}

const chosenIn = (scroller: Element) => scroller.querySelector('[aria-current="true"]');

export function AccountList({ list, onList, chosenId, onChoose, prefetch }: AccountListProps) {
  const data = useData();
  const client = useQueryClient();
  const { accounts, total, query } = useAccountList(list);
  const { error, refetch, fetchNextPage, hasNextPage, isFetching } = query;
  const pending = usePendingEdits();
  const input = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const rowsOf = useRef<HTMLUListElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const shown = accounts ?? [];
  const { group } = list;
  const groupAt = (index: number) => (group ? (shown[index]?.[group] ?? null) : null);
  const chosenAt = shown.findIndex(({ id }) => id === chosenId);
  const { rows, measure, rowAt } = useRowWindow({
    list: rowsOf,
    count: shown.length,
    keyAt: useKeys(shown),
    estimate: 33,
    heightOf: heightWithHeading,
    keep: (first) => (group ? [chosenAt, groupOpenerOf(first, groupAt)] : [chosenAt]),
  });
  useStay(body, chosenIn, accounts);
  useNearEnd({
    end,
    isEnabled: hasNextPage && !isFetching && !error,
    load: () => void fetchNextPage(),
  });
  // Another list is read from its beginning.
  const id = toAccountsQuery(list);
  const last = useRef(id);
  useEffect(() => {
    if (last.current !== id) body.current?.scrollTo({ top: 0 });
    last.current = id;
  }, [id]);

  const intend = useCallback(
    (accountId: string) => {
      if (prefetch) void client.prefetchQuery(accountQuery(data, accountId));
    },
    [client, data, prefetch],
  );

  // Typing is faster than the server: the first row is that of what was typed.
  const [wanted, setWanted] = useState<WantedRow | null>(null);
  const isListed = wanted?.text === list.text.trim() && accounts && !query.isPlaceholderData;
  useEffect(() => {
    if (!wanted || !isListed) return;
    setWanted(null);
    if (document.activeElement !== input.current) return;
    if (wanted.how === "focus") rowAt(0)?.querySelector("button")?.focus();
    else if (shown[0]) onChoose(shown[0].id);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const item = event.target instanceof Element && event.target.closest<HTMLElement>("li");
    if (!item) return;
    const next = Number(item.dataset.index) + (event.key === "ArrowDown" ? 1 : -1);
    const stop = next === -1 ? input.current : rowAt(next)?.querySelector("button");
    if (!stop) return;
    event.preventDefault();
    stop.focus();
  };
  const isFiltered = isFilteringAccounts(list);

  // One stop of Tab in a list of any length: arrow keys go on from there.
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const stops = rows.map(({ index }) => shown[index]?.id);
  const stopId = [focusedId, chosenId].find((id) => id && stops.includes(id)) ?? stops[0];

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys go from the search field to the rows and back
    <div className={styles.accounts} onKeyDown={onKeyDown}>
      <AccountListHead
        list={list}
        onList={onList}
        total={total}
        input={input}
        onGo={setWanted}
        onCreated={onChoose}
      />
      <nav
        ref={body}
        aria-label="Accounts"
        aria-busy={!accounts && !error}
        className={styles.body}
        data-scrolls
      >
        {!accounts &&
          (error ? (
            <Problem error={error} onRetry={refetch} retrying={isFetching} />
          ) : query.isPaused ? (
            <WaitingForNetwork />
          ) : (
            <AccountListSkeleton />
          ))}
        {accounts?.length === 0 && !isFiltered && (
          <EmptyState
            compact
            icon={<Users />}
            title="No accounts yet"
            description="Accounts appear here as soon as there are some."
          />
        )}
        {accounts?.length === 0 && isFiltered && (
          <EmptyState
            compact
            icon={<SearchX />}
            title="Nothing matches"
            description={
              list.text ? `No account is called “${list.text}”.` : "No account passes the filter."
            }
            action={
              <Button size="sm" onClick={() => onList(cleared(list))}>
                Clear filter
              </Button>
            }
          />
        )}
        <ul
          ref={rowsOf}
          className={styles.list}
          data-late={query.isPlaceholderData}
          onFocus={({ target }) => {
            const item = target.closest<HTMLElement>("[data-index]");
            setFocusedId(shown[Number(item?.dataset.index)]?.id ?? null);
          }}
          onBlur={() => setFocusedId(null)}
        >
          {rows.map(({ index, gap }) => {
            const account = shown[index];
            if (!account) return null;
            return (
              <Fragment key={account.id}>
                {gap > 0 && <Gap as="li" height={gap} />}
                {group && opensGroup(index, groupAt) && (
                  <GroupHeading group={group} value={groupAt(index)} />
                )}
                <li
                  ref={measure}
                  data-index={index}
                  aria-posinset={index + 1}
                  aria-setsize={total ?? shown.length}
                >
                  <AccountButton
                    account={account}
                    sort={list.sort}
                    unconfirmed={pending.get(account.id) ?? null}
                    chosen={account.id === chosenId}
                    isStop={account.id === stopId}
                    onChoose={onChoose}
                    onIntent={intend}
                  />
                </li>
              </Fragment>
            );
          })}
        </ul>
        {accounts && error && (
          <div className={styles.problem}>
            <InlineProblem
              error={error}
              onRetry={() => void (query.isFetchNextPageError ? fetchNextPage() : refetch())}
              retrying={isFetching}
            />
          </div>
        )}
        <div ref={end} />
      </nav>
    </div>
  );
}

function cleared({ group, sort, isDescending }: AccountFilter): AccountFilter {
  return { ...allAccounts, group, sort, isDescending };
}
