import type { Query } from "@tanstack/react-query";
import type { Account, Activity, User } from "#api/schema.ts";
import type { AccountRow } from "#data/accounts.ts";
import type { ActivityPages } from "#data/pages.ts";
import type { OutboxEntry } from "#data/writes/outbox.ts";
import type { FeedRow } from "#data/writes/overlay.ts";
import type { Page } from "./page.ts";
import type { OpenTab } from "./realm-entry.ts";
import type { Realm } from "./realms.ts";

export type PanelName = "accounts" | "details" | "activity";

/** What a tab shows, each time that React would render it. */
export type Shown =
  | { readonly panel: "accounts"; readonly rows: readonly Account[] | undefined }
  | { readonly panel: "users"; readonly rows: readonly User[] | undefined }
  | { readonly panel: "details"; readonly id: string; readonly row: AccountRow | undefined }
  | {
      readonly panel: "activity";
      readonly id: string;
      readonly data: ActivityPages | undefined;
      readonly rows: readonly FeedRow[];
      readonly outbox: readonly OutboxEntry[];
    };

export interface TabWatch {
  shown(tab: Tab, shown: Shown): void;
  /** A query of the tab changed. `cause` is react-query's word for it. */
  cached(tab: Tab, query: Query, cause: string): void;
  /** What came of a click on a pin. `click` counts a tab's clicks; the outcomes may come in another order. */
  written(
    tab: Tab,
    click: number,
    outcome: "asked" | "confirmed" | "offered again",
    row?: Activity,
  ): void;
}

/** One tab and its user's hands. */
export interface Tab {
  readonly id: string;
  readonly page: Page;
  readonly open: OpenTab;
  readonly realm: Realm;
  readonly accountId: string;
  readonly panels: ReadonlySet<PanelName>;
  /** Rows of the feed as the user sees them. */
  readonly feed: readonly FeedRow[];
  /** Clicks on a pin that were neither confirmed nor refused. */
  readonly unanswered: number;
  /** Clicks that were refused. */
  readonly refused: number;
  select(accountId: string): void;
  setPanel(panel: PanelName, shown: boolean): void;
  /** Pins what is unpinned, and the other way round. False when there is no such row. */
  togglePin(row: number): boolean;
  /** False when there is no more, or it is being read. */
  loadMore(): boolean;
  /** What the "Try again" of an empty panel does. */
  retryEmpty(): void;
  close(): void;
}

export interface TabOptions {
  id: string;
  page: Page;
  realm: Realm;
  accountId: string;
  watch: TabWatch;
  /** Called before anything is read or shown. */
  onOpen: (tab: Tab) => void;
}

/** The slice of an observer that a mounted component uses. */
interface View {
  readonly query: () => Query;
  readonly move: () => void;
  readonly stop: () => void;
}

/** Null when the page was gone before it had opened. */
export async function createTab({
  id,
  page,
  realm,
  accountId,
  watch,
  onOpen,
}: TabOptions): Promise<Tab | null> {
  const { InfiniteQueryObserver, layOnFeed, notifyManager, QueryObserver } = realm.code;
  const open = await realm.code.openTab(id);
  if (page.life === "dead") {
    open.close();
    return null;
  }
  const { data, queryClient } = open;
  const views = new Map<string, View>();
  let selected = accountId;
  let feed: readonly FeedRow[] = [];
  let activity: { loadMore(): boolean } | null = null;
  let unanswered = 0;
  let refused = 0;
  let clicks = 0;

  /** As react-query's hooks do: a first render, then one for each batch of notifications. */
  function mount<
    Options,
    Observer extends {
      getOptimisticResult(options: Options): unknown;
      getCurrentQuery(): Query;
      subscribe(listener: () => void): () => void;
      setOptions(options: Options): void;
      updateResult(): void;
    },
  >(name: string, options: () => Options, observer: Observer, render: () => void) {
    let mounted = true;
    observer.getOptimisticResult(options());
    render();
    // A notification that was on its way renders nothing once the component is gone.
    const unsubscribe = observer.subscribe(notifyManager.batchCalls(() => mounted && render()));
    const stop = () => {
      mounted = false;
      unsubscribe();
    };
    observer.updateResult();
    views.set(name, {
      query: () => observer.getCurrentQuery(),
      move() {
        observer.setOptions(options());
        render();
      },
      stop,
    });
  }

  const mounts = {
    accounts() {
      const options = () => queryClient.defaultQueryOptions(data.accounts());
      const observer = new QueryObserver(queryClient, options());
      mount("accounts", options, observer as never, () =>
        watch.shown(tab, { panel: "accounts", rows: observer.getCurrentResult().data }),
      );
    },
    users() {
      const options = () => queryClient.defaultQueryOptions(data.users());
      const observer = new QueryObserver(queryClient, options());
      mount("users", options, observer as never, () =>
        watch.shown(tab, { panel: "users", rows: observer.getCurrentResult().data }),
      );
    },
    details() {
      const options = () => queryClient.defaultQueryOptions(data.account(selected));
      const observer = new QueryObserver(queryClient, options());
      mount("details", options, observer as never, () =>
        watch.shown(tab, { panel: "details", id: selected, row: observer.getCurrentResult().data }),
      );
    },
    activity() {
      const options = () => data.activity(selected);
      const observer = new InfiniteQueryObserver(queryClient, options());
      const render = () => {
        const pages = observer.getCurrentResult().data as ActivityPages | undefined;
        const outbox = data.outbox.entries;
        feed = layOnFeed(pages?.pages.flatMap((each) => each.rows) ?? [], outbox, selected);
        watch.shown(tab, { panel: "activity", id: selected, data: pages, rows: feed, outbox });
      };
      mount("activity", options, observer as never, render);
      const undo = data.outbox.subscribe(() => activity && render());
      const view = views.get("activity");
      if (view)
        views.set("activity", {
          ...view,
          stop() {
            undo();
            view.stop();
            activity = null;
          },
        });
      activity = {
        loadMore() {
          const { hasNextPage, isFetchingNextPage } = observer.getCurrentResult();
          if (!hasNextPage || isFetchingNextPage) return false;
          void observer.fetchNextPage();
          return true;
        },
      };
    },
  };

  const panels = new Set<PanelName>(["accounts", "details", "activity"]);
  const tab: Tab = {
    id,
    page,
    open,
    realm,
    get accountId() {
      return selected;
    },
    panels,
    get feed() {
      return panels.has("activity") ? feed : [];
    },
    get unanswered() {
      return unanswered;
    },
    get refused() {
      return refused;
    },
    select(next) {
      if (next === selected) return;
      selected = next;
      for (const view of views.values()) view.move();
    },
    setPanel(panel, shown) {
      if (panels.has(panel) === shown) return;
      if (shown) {
        panels.add(panel);
        mounts[panel]();
      } else {
        panels.delete(panel);
        views.get(panel)?.stop();
        views.delete(panel);
      }
    },
    togglePin(at) {
      const row = tab.feed[at];
      if (!row) return false;
      unanswered++;
      const click = ++clicks;
      const { id: rowId, accountId: of, title, pinned } = row;
      watch.written(tab, click, "asked");
      data.outbox.send({ type: "pin", id: rowId, accountId: of, title, pinned: !pinned }).then(
        (confirmed) => {
          unanswered--;
          watch.written(tab, click, "confirmed", confirmed?.row as Activity);
        },
        () => {
          // Aborted with its page, it was not refused.
          if (page.life === "dead") return;
          unanswered--;
          refused++;
          watch.written(tab, click, "offered again");
        },
      );
      return true;
    },
    loadMore: () => activity?.loadMore() ?? false,
    retryEmpty() {
      for (const view of views.values()) {
        const query = view.query();
        if (query.state.status === "error" && query.state.data === undefined)
          void queryClient.refetchQueries({ queryKey: query.queryKey, exact: true });
      }
    },
    close() {
      for (const view of views.values()) view.stop();
      views.clear();
      open.close();
    },
  };

  queryClient.getQueryCache().subscribe((event) => {
    if (event.type === "updated") watch.cached(tab, event.query, event.action.type);
  });
  onOpen(tab);
  mounts.users();
  for (const panel of panels) mounts[panel]();
  return tab;
}
