import { createContext, useContext, useSyncExternalStore } from "react";
import type { Activity } from "#contract/rows.ts";
import { type AccountFilter, allAccounts } from "#data/queries/account-filter.ts";
import { type FeedFilter, noFilter } from "#data/queries/feed-filter.ts";
import { parseAccounts, writeAccounts } from "./account-filter-url.ts";
import { parseFilter, writeFilter } from "./feed-filter-url.ts";

export const panelNames = ["details", "activity"] as const;
export type PanelName = (typeof panelNames)[number];

/** What a tab shows: all that its URL holds. */
export interface Route {
  readonly accountId: string | null;
  /** In the order of `panelNames`. */
  readonly hidden: ReadonlySet<PanelName>;
  /** Of the account's feed. */
  readonly filter: FeedFilter;
  /** Which accounts are listed, and in which order. */
  readonly list: AccountFilter;
  /** The activity that a link, or the command menu, leads to. */
  readonly activityId: string | null;
  /**
   * On a person's first start, the first account is chosen, and a prompt says to pin and to watch the tab that this
   * names; "" for no prompt.
   */
  readonly firstStart: string | null;
}

export const noRoute: Route = {
  accountId: null,
  hidden: new Set(),
  filter: noFilter,
  list: allAccounts,
  activityId: null,
  firstStart: null,
};

/** A place within a tab, whatever else is shown around it. */
export type Place = Pick<Route, "accountId" | "filter" | "activityId">;

/** An activity in its account's feed, which begins with it, however old it is. */
export function placeOf({ id, accountId, at }: Pick<Activity, "id" | "accountId" | "at">): Place {
  return { accountId, filter: { ...noFilter, to: at }, activityId: id };
}

export interface LocationOptions {
  /** Path and query: "/?account=acc-01&hide=activity". Junk in it is ignored. */
  initialUrl: string;
  /** `push` for a tab with its own history, `replace` for a pane, whose history the shell owns. */
  mode: "push" | "replace";
  /** Called when the tab navigates by itself, not for `navigate`. */
  onUrl?: (url: string) => void;
}

export interface Location {
  get(): Route;
  /** Whether the route was come to by Back or Forward. */
  readonly isReturning: boolean;
  subscribe(listener: () => void): () => void;
  /** The feed of another account is not filtered. */
  chooseAccount(accountId: string | null): void;
  setHidden(panel: PanelName, hidden: boolean): void;
  /** Filters the feed, and shows it. */
  setFilter(filter: FeedFilter): void;
  setList(list: AccountFilter): void;
  /** Shows a place, with its feed. */
  open(place: Place): void;
  openActivity(activity: Pick<Activity, "id" | "accountId" | "at">): void;
  endFirstStart(): void;
  /** Navigates to a URL from the history of the shell. */
  navigate(url: string): void;
  close(): void;
}

export function createLocation({ initialUrl, mode, onUrl }: LocationOptions): Location {
  let route = parseRoute(initialUrl);
  let isReturning = false;
  const listeners = new Set<() => void>();

  const show = (next: Route, isBack: boolean) => {
    if (isSameRoute(route, next)) return false;
    route = next;
    isReturning = isBack;
    for (const listener of listeners) listener();
    return true;
  };
  const withFeed = () => new Set([...route.hidden].filter((name) => name !== "activity"));
  const record = (how: "push" | "replace") => {
    const url = documentUrl(route);
    if (how === "push") history.pushState(history.state, "", url);
    else history.replaceState(history.state, "", url);
  };
  const go = (next: Route, how: "push" | "replace") => {
    if (!show(next, false)) return;
    record(how);
    onUrl?.(formatRoute(route));
  };
  const open = ({ accountId, filter, activityId }: Place) =>
    go({ ...route, hidden: withFeed(), accountId, filter, activityId, firstStart: null }, mode);
  const onPopState = () => {
    if (show(parseRoute(window.location.search), true)) onUrl?.(formatRoute(route));
  };

  if (mode === "push") addEventListener("popstate", onPopState);

  return {
    get: () => route,
    get isReturning() {
      return isReturning;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    chooseAccount(accountId) {
      const filter = accountId === route.accountId ? route.filter : noFilter;
      const firstStart = route.accountId === null ? route.firstStart : null;
      go({ ...route, accountId, filter, activityId: null, firstStart }, mode);
    },
    setHidden(panel, isHidden) {
      const isOut = (name: PanelName) => (name === panel ? isHidden : route.hidden.has(name));
      go({ ...route, hidden: new Set(panelNames.filter(isOut)) }, "replace");
    },
    setFilter(filter) {
      const hidden = withFeed();
      // Each further letter of a search replaces the one before it.
      const isTyping = route.filter.text !== "" && filter.text !== route.filter.text;
      go({ ...route, hidden, filter, activityId: null }, isTyping ? "replace" : mode);
    },
    setList(list) {
      const isTyping = route.list.text !== "" && list.text !== route.list.text;
      go({ ...route, list }, isTyping ? "replace" : mode);
    },
    open,
    openActivity: (activity) => open(placeOf(activity)),
    endFirstStart() {
      go({ ...route, firstStart: null }, "replace");
    },
    navigate(url) {
      if (show(parseRoute(url), true)) record(mode);
    },
    close() {
      removeEventListener("popstate", onPopState);
      listeners.clear();
    },
  };
}

/** Parses the route of a URL. Never throws: what is not understood counts as no account, no hidden panel, no filter. */
export function parseRoute(url: string): Route {
  const query = url.split("#", 1)[0]?.split("?").slice(1).join("?");
  const params = new URLSearchParams(query);
  const hide = (params.get("hide") ?? "").split(",");
  return {
    accountId: idOf(params.get("account")),
    hidden: new Set(panelNames.filter((panel) => hide.includes(panel))),
    filter: parseFilter(params),
    list: parseAccounts(params),
    activityId: idOf(params.get("activity")),
    firstStart: /^[A-Z]?$/.exec(params.get("first") ?? "-")?.[0] ?? null,
  };
}

function idOf(text: string | null): string | null {
  return text && text.length <= 200 ? text : null;
}

/** The canonical URL of a route: equal routes have equal URLs. */
export function formatRoute(route: Route): string {
  const params = new URLSearchParams();
  writeRoute(params, route);
  return params.size > 0 ? `/?${params}` : "/";
}

function writeRoute(params: URLSearchParams, route: Route): void {
  const { accountId, hidden, filter, list, activityId, firstStart } = route;
  for (const name of ["account", "hide", "activity", "first"]) params.delete(name);
  if (accountId !== null) params.set("account", accountId);
  if (hidden.size > 0) params.set("hide", [...hidden].join());
  writeFilter(params, filter);
  writeAccounts(params, list);
  if (activityId !== null) params.set("activity", activityId);
  if (firstStart !== null) params.set("first", firstStart);
}

/** Leaves the document's path and its other parameters as they are: a pane's document is the frame page. */
function documentUrl(route: Route): string {
  const params = new URLSearchParams(window.location.search);
  writeRoute(params, route);
  return window.location.pathname + (params.size > 0 ? `?${params}` : "") + window.location.hash;
}

function isSameRoute(a: Route, b: Route): boolean {
  return formatRoute(a) === formatRoute(b);
}

export const LocationContext = createContext<Location | null>(null);

export type LocationHandle = Route & Omit<Location, "get" | "subscribe" | "navigate" | "close">;

export function useLocation(): LocationHandle {
  const location = useContext(LocationContext);
  if (!location) throw new Error("useLocation needs a LocationContext");
  const route = useSyncExternalStore(location.subscribe, location.get);
  const { get: _, subscribe, navigate, close, isReturning, ...acts } = location;
  return { ...route, ...acts, isReturning };
}
