import type { Query } from "@tanstack/react-query";
import type { Overview } from "#contract/overview.ts";
import type { AccountDetails, Activity, Task, User } from "#contract/rows.ts";
import type { AccountFields } from "#data/outbox/fields.ts";
import type { OutboxEntry } from "#data/outbox/outbox.ts";
import type { FeedRow } from "#data/outbox/overlay.ts";
import type { TaskRow } from "#data/outbox/task-overlay.ts";
import type { Deed } from "#data/outbox/undo-stack.ts";
import type { NewWrite, Write } from "#data/outbox/writes.ts";
import { type AccountFilter, allAccounts } from "#data/queries/account-filter.ts";
import type { AccountPages, ListedAccount } from "#data/queries/account-pages.ts";
import { type FeedFilter, noFilter } from "#data/queries/feed-filter.ts";
import type { ActivityPages } from "#data/queries/pages.ts";
import type { OpenSession } from "#data/session/open-session.ts";
import type { Drafts } from "#data/storage/drafts.ts";
import type { Page } from "#sync/testing";
import { monday, today } from "../models/seed.ts";
import type { TabBrowser } from "./realm-entry.ts";
import type { Realm } from "./realms.ts";

export type PanelName =
  | "accounts"
  | "details"
  | "activity"
  | "tasks"
  | "overview"
  | "due tasks"
  | "week";

/** What a tab shows, each time that React would render it. */
export type Shown =
  | {
      readonly panel: "accounts";
      /** The filter and the order, in json-server's parameters. */
      readonly list: string;
      readonly data: AccountPages | undefined;
      readonly rows: readonly ListedAccount[];
      readonly outbox: readonly OutboxEntry[];
    }
  | { readonly panel: "users"; readonly rows: readonly User[] | undefined }
  | {
      readonly panel: "tasks";
      /** Of the account. */
      readonly id: string;
      readonly data: readonly Task[] | undefined;
      readonly rows: readonly TaskRow[];
      readonly outbox: readonly OutboxEntry[];
    }
  | { readonly panel: "overview"; readonly id: string; readonly numbers: Overview | undefined }
  | { readonly panel: "due tasks"; readonly id: string; readonly rows: readonly Task[] | undefined }
  | { readonly panel: "details"; readonly id: string; readonly row: AccountDetails | undefined }
  | {
      readonly panel: "week";
      /** Of all accounts, in json-server's parameters. */
      readonly filter: string;
      readonly data: ActivityPages | undefined;
    }
  | {
      readonly panel: "activity";
      /** Of the account. */
      readonly id: string;
      /** What the rows pass, in json-server's parameters; null where all of the account are shown. */
      readonly filter: string | null;
      readonly data: ActivityPages | undefined;
      readonly rows: readonly FeedRow[];
      readonly outbox: readonly OutboxEntry[];
    };

export interface TabWatch {
  shown(tab: Tab, shown: Shown): void;
  /** A query of the tab changed. `cause` is the type of react-query's action. */
  cached(tab: Tab, query: Query, cause: string): void;
  /** The outcome of a click on a pin. `click` counts a tab's clicks; outcomes may come in another order. */
  written(
    tab: Tab,
    click: number,
    outcome: "asked" | "confirmed" | "offered again",
    row?: Activity,
  ): void;
  asked(tab: Tab, write: Write): void;
  /** The tab shows an account from here on. */
  looked(tab: Tab): void;
  /** The server accepted a write, perhaps one of the page before a reload, or of a tab that is gone. */
  confirmed(tab: Tab, write: Write): void;
  /** The session is over, and its queries are dropped. */
  ended(tab: Tab, session: OpenSession): void;
}

/** One tab, and what its user can do in it. */
export interface Tab {
  readonly id: string;
  readonly page: Page;
  /** The open session, or the last one. */
  readonly open: OpenSession;
  /** The name of the tab in the storage. */
  readonly storageName: string;
  /** A session is open, and a user signed in. */
  readonly isOpen: boolean;
  readonly realm: Realm;
  readonly accountId: string;
  readonly panels: ReadonlySet<PanelName>;
  /** Rows of the feed as the user sees them. */
  readonly feed: readonly FeedRow[];
  /** How many writes are neither confirmed nor refused. */
  readonly unanswered: number;
  select(accountId: string): void;
  filterFeed(filter: FeedFilter): void;
  listAccounts(filter: AccountFilter): void;
  setPanel(panel: PanelName, shown: boolean): void;
  /** Pins the row, or unpins it. False where there is no such row. */
  togglePin(row: number): boolean;
  /** Creates a note with this id. The clock of the user said `at`; `isRestored`: it was there before, then. */
  createNote(id: string, at: string, isRestored: boolean): void;
  editNote(row: number, text: string): boolean;
  deleteNote(row: number): boolean;
  /** Creates a task with this id, which is due on a day or not. The clock of the user said `at`. */
  createTask(id: string, dueDate: string | null, at: string): void;
  /** Renames a task, or completes or reopens it where there is no title. False where there is no such task. */
  editTask(row: number, title: string | null): boolean;
  deleteTask(row: number): boolean;
  /** Edits the shown account. False where none is shown. */
  editAccount(changes: Partial<AccountFields>): boolean;
  createAccount(id: string, status: string): void;
  /** Deletes an account of the list that is shown. False where there is no such row. */
  deleteAccount(row: number): boolean;
  /** Does the same to several rows of the feed, or to several tasks, at once. Returns to how many. */
  bulk(what: "pin" | "unpin" | "delete" | "complete" | "assign", rows: readonly number[]): number;
  /** Null where there is nothing to take back. */
  takeBack(how: "undo" | "redo"): Deed | null;
  readonly drafts: Drafts;
  /** False where there is no more, or it is being read. */
  loadMore(): boolean;
  loadMoreAccounts(): boolean;
  /** Does what "Try again" in an empty panel does. */
  retryEmpty(): void;
  close(): void;
}

export interface TabOptions {
  id: string;
  page: Page;
  realm: Realm;
  accountId: string;
  watch: TabWatch;
  browser: Pick<TabBrowser, "name" | "store" | "storage" | "memory" | "onLost">;
  /** Called when a session opens, before anything of it is read or shown. */
  onOpen: (tab: Tab) => void;
}

/** The slice of an observer that a mounted component uses. */
interface View {
  readonly query: () => Query;
  readonly move: () => void;
  readonly stop: () => void;
}

/** Opens a tab. It shows nothing until it has a session. */
export function createTab({
  id,
  page,
  realm,
  accountId,
  watch,
  browser,
  onOpen,
}: TabOptions): void {
  const { InfiniteQueryObserver, layOnList, layOnRow, layOnFeed, notifyManager, QueryObserver } =
    realm.code;
  const { accountListQuery, accountQuery, feedQuery, toAccountsQuery, toFeedQuery, usersQuery } =
    realm.code;
  const { dueTasksQuery, layOnTasks, overviewQuery, tasksQuery, toDueTasksQuery, toOverviewId } =
    realm.code;
  const { filteredActivityQuery, toWeekQuery } = realm.code;
  let open: OpenSession;
  let storageName = "";
  let isOpen = false;
  const views = new Map<string, View>();
  let selected = accountId;
  let filter = noFilter;
  let list = allAccounts;
  let feed: readonly FeedRow[] = [];
  let tasks: readonly TaskRow[] = [];
  let listed: readonly ListedAccount[] = [];
  let details: AccountDetails | undefined;
  let activity: { loadMore(): boolean } | null = null;
  let accounts: { loadMore(): boolean } | null = null;
  let clicks = 0;
  let lookAway = () => {};

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
    // A notification that is still queued renders nothing after unmount.
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

  /** Renders a panel anew when the outbox changes, as long as it is mounted. */
  function followOutbox(name: PanelName, render: () => void) {
    const view = views.get(name);
    const undo = open.data.outbox.subscribe(() => views.has(name) && render());
    if (!view) return;
    views.set(name, {
      ...view,
      stop() {
        undo();
        view.stop();
      },
    });
  }

  const mounts = {
    accounts() {
      const options = () => accountListQuery(open.data, toAccountsQuery(list));
      const observer = new InfiniteQueryObserver(open.queryClient, options());
      const render = () => {
        const { data, hasNextPage } = observer.getCurrentResult() as {
          data: AccountPages | undefined;
          hasNextPage: boolean;
        };
        const outbox = open.data.outbox.entries;
        const loaded = data?.pages.flatMap((page) => page.rows) ?? [];
        const query = toAccountsQuery(list);
        listed = layOnList(loaded, outbox, query, !hasNextPage);
        watch.shown(tab, { panel: "accounts", list: query, data, rows: listed, outbox });
      };
      mount("accounts", options, observer as never, render);
      followOutbox("accounts", render);
      accounts = { loadMore: () => loadMore(observer) };
    },
    users() {
      const options = () => open.queryClient.defaultQueryOptions(usersQuery(open.data));
      const observer = new QueryObserver(open.queryClient, options());
      mount("users", options, observer as never, () =>
        watch.shown(tab, { panel: "users", rows: observer.getCurrentResult().data }),
      );
    },
    details() {
      const options = () => open.queryClient.defaultQueryOptions(accountQuery(open.data, selected));
      const observer = new QueryObserver(open.queryClient, options());
      mount("details", options, observer as never, () => {
        details = observer.getCurrentResult().data;
        watch.shown(tab, { panel: "details", id: selected, row: details });
      });
    },
    overview() {
      const { who } = open.data.session.get();
      const query = toOverviewId(who.kind === "user" ? who.id : null, today);
      const options = () => open.queryClient.defaultQueryOptions(overviewQuery(open.data, query));
      const observer = new QueryObserver(open.queryClient, options());
      mount("overview", options, observer as never, () =>
        watch.shown(tab, {
          panel: "overview",
          id: query,
          numbers: observer.getCurrentResult().data,
        }),
      );
    },
    "due tasks"() {
      const { who } = open.data.session.get();
      const query = toDueTasksQuery(who.kind === "user" ? who.id : null, today);
      const options = () => open.queryClient.defaultQueryOptions(dueTasksQuery(open.data, query));
      const observer = new QueryObserver(open.queryClient, options());
      mount("due tasks", options, observer as never, () => {
        const rows = observer.getCurrentResult().data?.rows;
        watch.shown(tab, { panel: "due tasks", id: query, rows });
      });
    },
    week() {
      const query = toWeekQuery(monday);
      const options = () => filteredActivityQuery(open.data, query);
      const observer = new InfiniteQueryObserver(open.queryClient, options());
      mount("week", options, observer as never, () => {
        const data = observer.getCurrentResult().data as ActivityPages | undefined;
        watch.shown(tab, { panel: "week", filter: query, data });
      });
    },
    tasks() {
      const options = () => open.queryClient.defaultQueryOptions(tasksQuery(open.data, selected));
      const observer = new QueryObserver(open.queryClient, options());
      const render = () => {
        const { data } = observer.getCurrentResult();
        const outbox = open.data.outbox.entries;
        tasks = layOnTasks(data ?? [], outbox, selected);
        watch.shown(tab, { panel: "tasks", id: selected, data, rows: tasks, outbox });
      };
      mount("tasks", options, observer as never, render);
      followOutbox("tasks", render);
    },
    activity() {
      const options = () => feedQuery(open.data, selected, filter);
      const observer = new InfiniteQueryObserver(open.queryClient, options());
      const render = () => {
        const pages = observer.getCurrentResult().data as ActivityPages | undefined;
        const outbox = open.data.outbox.entries;
        const query = toFeedQuery(selected, filter);
        const truth = pages?.pages.flatMap((each) => each.rows) ?? [];
        feed = layOnFeed(truth, outbox, selected, query);
        const shown = { panel: "activity", id: selected, filter: query } as const;
        watch.shown(tab, { ...shown, data: pages, rows: feed, outbox });
      };
      mount("activity", options, observer as never, render);
      const undo = open.data.outbox.subscribe(() => activity && render());
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
      activity = { loadMore: () => loadMore(observer) };
    },
  };

  function loadMore(observer: {
    getCurrentResult(): { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean };
    fetchNextPage(): Promise<unknown>;
  }) {
    const { hasNextPage, isFetchingNextPage } = observer.getCurrentResult();
    if (!hasNextPage || isFetchingNextPage) return false;
    void observer.fetchNextPage();
    return true;
  }

  const panels = new Set<PanelName>(["accounts", "details", "activity", "tasks"]);
  const tab: Tab = {
    id,
    page,
    get open() {
      return open;
    },
    get storageName() {
      return storageName;
    },
    get isOpen() {
      return isOpen;
    },
    realm,
    get accountId() {
      return selected;
    },
    panels,
    get feed() {
      return panels.has("activity") ? feed : [];
    },
    get unanswered() {
      return open.data.outbox.entries.filter(isPending).length;
    },
    get drafts() {
      return open.data.drafts;
    },
    select(next) {
      if (next === selected) return;
      selected = next;
      for (const view of views.values()) view.move();
      if (isOpen) look();
    },
    filterFeed(next) {
      filter = next;
      views.get("activity")?.move();
    },
    listAccounts(next) {
      list = next;
      views.get("accounts")?.move();
    },
    setPanel(panel, shown) {
      if (panels.has(panel) === shown) return;
      if (shown) {
        panels.add(panel);
        if (isOpen) mounts[panel]();
      } else {
        panels.delete(panel);
        views.get(panel)?.stop();
        views.delete(panel);
      }
    },
    togglePin(at) {
      const row = tab.feed[at];
      if (!row) return false;
      const click = ++clicks;
      const { id: rowId, accountId: of, title, pinned } = row;
      watch.written(tab, click, "asked");
      const session = open;
      send({ type: "pin", id: rowId, accountId: of, title, pinned: !pinned }).then(
        (confirmed) => {
          // Of a session that is over, it is nothing to those who look now.
          if (session === open) watch.written(tab, click, "confirmed", confirmed?.row as Activity);
        },
        () => {
          // Aborted with its page or its session, it was not refused.
          if (page.life !== "dead" && session === open) watch.written(tab, click, "offered again");
        },
      );
      return true;
    },
    createNote(rowId, at, isRestored) {
      const row = { id: rowId, accountId: selected, kind: "note", title: rowId, at, pinned: false };
      const write = { type: "create note", id: rowId, accountId: selected, row } as const;
      send({ ...write, ...(isRestored && { isRestored }) }).catch(() => {});
    },
    editNote(at, title) {
      const row = tab.feed[at];
      if (!row) return false;
      const base = { version: row.version, fields: realm.code.fieldsOfNote(row) };
      const { id: rowId, accountId: of } = row;
      send({ type: "edit note", id: rowId, accountId: of, base, changes: { title } }).catch(
        () => {},
      );
      return true;
    },
    deleteNote(at) {
      const row = tab.feed[at];
      if (!row) return false;
      const { id: rowId, accountId: of, title } = row;
      const { version, unconfirmed, ...shown } = row;
      const isDated = version > 0 || unconfirmed === null;
      send({
        type: "delete note",
        id: rowId,
        accountId: of,
        title,
        row: isDated ? { ...shown, version } : shown,
      }).catch(() => {});
      return true;
    },
    createTask(taskId, dueDate, createdAt) {
      const row = {
        id: taskId,
        accountId: selected,
        title: taskId,
        dueDate,
        done: false,
        createdAt,
      };
      send({ type: "create task", id: taskId, accountId: selected, row }).catch(() => {});
    },
    editTask(at, title) {
      const row = panels.has("tasks") ? tasks[at] : undefined;
      if (!row) return false;
      const base = { version: row.version, fields: realm.code.fieldsOfTask(row) };
      const changes = title === null ? ({ done: row.done ? "false" : "true" } as const) : { title };
      const { id: rowId, accountId: of } = row;
      send({ type: "edit task", id: rowId, accountId: of, base, changes }).catch(() => {});
      return true;
    },
    deleteTask(at) {
      const row = panels.has("tasks") ? tasks[at] : undefined;
      if (!row) return false;
      const { id: rowId, accountId: of, title } = row;
      send({ type: "delete task", id: rowId, accountId: of, title }).catch(() => {});
      return true;
    },
    editAccount(changes) {
      if (!panels.has("details") || details?.id !== selected) return false;
      const shown = layOnRow("accounts", details, open.data.outbox.entries);
      const base = { version: shown.version, fields: realm.code.fieldsOfAccount(shown) };
      send({ type: "edit account", id: selected, base, changes }).catch(() => {});
      return true;
    },
    createAccount(newId, status) {
      const row = { id: newId, name: `Account ${newId}`, plan: "Growth", status, notes: "" };
      send({ type: "create account", id: newId, row }).catch(() => {});
    },
    deleteAccount(at) {
      const row = panels.has("accounts") ? listed[at] : undefined;
      if (!row) return false;
      const { latestAt: _, lastActivityAt: __, ...shown } = row;
      const { id: rowId, name, version } = shown;
      // As the details do: what a list does not show is in the answer.
      const known = version > 0 ? { row: shown } : {};
      send({ type: "delete account", id: rowId, name, ...known }).catch(() => {});
      return true;
    },
    bulk(what, at) {
      const some = <T>(all: readonly T[]) => [...new Set(at)].flatMap((each) => all[each] ?? []);
      const writes: NewWrite[] =
        what === "complete" || what === "assign"
          ? some(panels.has("tasks") ? tasks : []).map((row) => ({
              ...{ type: "edit task", id: row.id, accountId: row.accountId },
              base: { version: row.version, fields: realm.code.fieldsOfTask(row) },
              changes: what === "assign" ? { assigneeId: "u" } : { done: "true" },
            }))
          : some(tab.feed).map(({ unconfirmed, version, ...row }) => {
              const { id: rowId, accountId: of, title } = row;
              const head = { id: rowId, accountId: of, title };
              if (what !== "delete") return { type: "pin", ...head, pinned: what === "pin" };
              const isDated = version > 0 || unconfirmed === null;
              return { type: "delete note", ...head, row: isDated ? { ...row, version } : row };
            });
      if (writes.length > 0) watchAsked(() => open.data.outbox.sendAll(writes));
      return writes.length;
    },
    takeBack(how) {
      let taken: Deed | null = null;
      const forget = open.data.undoStack.subscribe((deed) => {
        taken = deed;
      });
      watchAsked(() => open.data.undoStack[how]());
      forget();
      return taken;
    },
    loadMore: () => activity?.loadMore() ?? false,
    loadMoreAccounts: () => (panels.has("accounts") && accounts?.loadMore()) || false,
    retryEmpty() {
      for (const view of views.values()) {
        const query = view.query();
        if (query.state.status === "error" && query.state.data === undefined)
          void open.queryClient.refetchQueries({ queryKey: query.queryKey, exact: true });
      }
    },
    close: () => shell.close(),
  };

  function send(write: NewWrite) {
    return watchAsked(() => open.data.outbox.send(write));
  }

  function watchAsked<T>(ask: () => T): T {
    const before = new Set(open.data.outbox.entries);
    const asked = ask();
    for (const entry of open.data.outbox.entries)
      if (!before.has(entry)) watch.asked(tab, entry.write);
    return asked;
  }

  function show() {
    open.queryClient.getQueryCache().subscribe((event) => {
      if (event.type === "updated") watch.cached(tab, event.query, event.action.type);
    });
    open.data.outbox.onConfirmed(({ write }) => watch.confirmed(tab, write));
    onOpen(tab);
    if (open.data.session.get().who.kind === "out") return;
    isOpen = true;
    mounts.users();
    for (const panel of panels) mounts[panel]();
    look();
  }

  /** As the hook does that reports what the tab shows. */
  function look() {
    lookAway();
    lookAway = open.data.unread.look(selected);
    watch.looked(tab);
  }

  function clear() {
    lookAway();
    lookAway = () => {};
    for (const view of views.values()) view.stop();
    views.clear();
    feed = [];
    tasks = [];
    listed = [];
    details = undefined;
    isOpen = false;
  }

  const shell = realm.code.openTab({
    ...browser,
    onOpen(opened, name) {
      open = opened;
      storageName = name;
      show();
    },
    onEnd() {
      const ended = open;
      clear();
      // The session closes in this task, after this callback.
      queueMicrotask(() => watch.ended(tab, ended));
    },
  });
}

function isPending({ state }: OutboxEntry): boolean {
  return state === "sending" || state === "waiting";
}
