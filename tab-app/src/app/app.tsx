import { useState } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { useLook } from "#data/hooks/use-who-is-there.ts";
import { accountQuery } from "#data/queries/account.ts";
import { allAccounts } from "#data/queries/account-filter.ts";
import { feedQuery } from "#data/queries/activity.ts";
import { isFiltering, noFilter } from "#data/queries/feed-filter.ts";
import { AccountList } from "#features/accounts/account-list.tsx";
import { AccountTitle } from "#features/accounts/account-title.tsx";
import { ActivityFeed } from "#features/activity/activity-feed.tsx";
import { FilterButton } from "#features/activity/filter/filter-button.tsx";
import { AccountDetails } from "#features/details/account-details.tsx";
import { LaterWork } from "#features/outbox/later-work.tsx";
import { StorageNotice } from "#features/outbox/storage-notice.tsx";
import type { OverviewPart } from "#features/overview/overview-part.ts";
import { Tasks, TasksSummary } from "#features/tasks/tasks.tsx";
import { useCopyLink } from "#shared/links/use-copy-link.ts";
import { NowProvider } from "#shared/time/now.tsx";
import styles from "./app.module.css";
import { Contained } from "./contained.tsx";
import { FirstAccount, FirstPrompt } from "./first-start.tsx";
import { Header } from "./header.tsx";
import { LaterCommands } from "./later-commands.tsx";
import { LaterRailHandle } from "./later-rail-handle.tsx";
import { LazyOverview } from "./lazy-overview.tsx";
import { useLocation } from "./location.ts";
import { OutdatedNotice } from "./outdated-notice.tsx";
import { Panel } from "./panel.tsx";
import { useTab } from "./tab-context.ts";
import { useRail } from "./use-rail.ts";

export interface AppProps {
  overview: OverviewPart;
}

/** Where it is below the overview, on a phone, the list would change unseen. */
function revealAccounts() {
  const list = document.getElementById("accounts");
  if (list && list.getBoundingClientRect().top > innerHeight / 2) list.scrollIntoView();
}

export function App({ overview }: AppProps) {
  const location = useLocation();
  const { accountId, hidden, filter, list, activityId, firstStart, isReturning } = location;
  const { chooseAccount, setFilter, setList, endFirstStart } = location;
  const isFiltered = isFiltering(filter);
  const [isFilterOpen, setFilterOpen] = useState(false);
  const [showsTasks, setShowsTasks] = useState(false);
  const showsFilter = isFilterOpen || isFiltered;
  const data = useData();
  const rail = useRail();
  const { onTitle } = useTab();
  const copyLink = useCopyLink();
  useLook(accountId);
  return (
    <NowProvider>
      <AccountTitle accountId={accountId} list={list} onTitle={onTitle} />
      <LaterWork />
      <LaterCommands
        rail={rail}
        onShowFilter={() => setFilterOpen(true)}
        onShowTasks={() => setShowsTasks(true)}
      />
      <div className={styles.app}>
        <div
          className={styles.page}
          data-rail={rail.isCollapsed ? "collapsed" : "open"}
          data-step={accountId === null ? "accounts" : "account"}
          style={rail.style}
        >
          <div>
            <Header
              rail={rail}
              onCopyLink={accountId === null ? null : () => copyLink({ accountId })}
              onBack={accountId === null ? null : () => chooseAccount(null)}
            />
            <OutdatedNotice />
            <StorageNotice />
          </div>
          <aside aria-label="All accounts" className={styles.accounts} id="accounts">
            <Contained resetKey={null}>
              <AccountList
                list={list}
                onList={setList}
                chosenId={accountId}
                onChoose={chooseAccount}
                prefetch={!hidden.has("details")}
              />
            </Contained>
            <LaterRailHandle rail={rail} />
          </aside>
          {accountId === null ? (
            <main className={styles.overview}>
              {firstStart !== null && <FirstAccount onChoose={chooseAccount} />}
              <Contained resetKey={null}>
                <LazyOverview
                  part={overview}
                  onChoose={chooseAccount}
                  onTasks={(id) => {
                    chooseAccount(id);
                    setShowsTasks(true);
                  }}
                  onActivity={location.openActivity}
                  onList={(accounts) => {
                    setList({ ...allAccounts, ...accounts });
                    revealAccounts();
                  }}
                />
              </Contained>
            </main>
          ) : (
            <main className={styles.main} data-hidden={[...hidden].join(" ")}>
              <Panel
                key={`details ${accountId}`}
                name="details"
                title="Details"
                label="Account details"
                hasOwnHeading
                queryKey={accountQuery(data, accountId).queryKey}
              >
                <AccountDetails
                  accountId={accountId}
                  onLeave={() => chooseAccount(null)}
                  onShowPinned={() => setFilter({ ...noFilter, pinned: true })}
                  action={
                    <TasksSummary
                      accountId={accountId}
                      isOpen={showsTasks}
                      onToggle={() => setShowsTasks(!showsTasks)}
                    />
                  }
                >
                  {showsTasks && <Tasks accountId={accountId} />}
                </AccountDetails>
              </Panel>
              <Panel
                key={`activity ${accountId}`}
                name="activity"
                title="Activity"
                queryKey={feedQuery(data, accountId, filter).queryKey}
                actions={
                  <FilterButton
                    isOpen={showsFilter}
                    onToggle={() => {
                      setFilterOpen(!showsFilter);
                      if (isFiltered) setFilter(noFilter);
                    }}
                  />
                }
              >
                <ActivityFeed
                  accountId={accountId}
                  filter={filter}
                  linkedId={activityId}
                  isReturning={isReturning}
                  showsFilter={showsFilter}
                  onFilter={setFilter}
                  prompt={
                    firstStart && <FirstPrompt other={`Tab ${firstStart}`} onEnd={endFirstStart} />
                  }
                />
              </Panel>
            </main>
          )}
        </div>
      </div>
    </NowProvider>
  );
}
