import { createContext, useContext, useSyncExternalStore } from "react";

export const panelNames = ["details", "activity"] as const;
export type PanelName = (typeof panelNames)[number];

/** Where a tab is. It is all that the tab's URL says. */
export interface Place {
  readonly accountId: string | null;
  /** In the order of `panelNames`. */
  readonly hidden: ReadonlySet<PanelName>;
}

export interface LocationOptions {
  /** Path and query: "/?account=acc-01&hide=activity". Junk in it is passed over. */
  initialUrl: string;
  /** `push` for a tab with a history of its own, `replace` for a pane, whose history is the shell's. */
  mode: "push" | "replace";
  /** Told where the tab goes by itself, not where `navigate` sent it. */
  onUrl?: (url: string) => void;
}

export interface Location {
  get(): Place;
  subscribe(listener: () => void): () => void;
  chooseAccount(accountId: string | null): void;
  setHidden(panel: PanelName, hidden: boolean): void;
  /** Goes to a URL that somebody else remembered. */
  navigate(url: string): void;
  close(): void;
}

export function createLocation({ initialUrl, mode, onUrl }: LocationOptions): Location {
  let place = parsePlace(initialUrl);
  const listeners = new Set<() => void>();

  const show = (next: Place) => {
    if (samePlace(place, next)) return false;
    place = next;
    for (const listener of listeners) listener();
    return true;
  };
  const record = (how: "push" | "replace") => {
    const url = documentUrl(place);
    if (how === "push") history.pushState(history.state, "", url);
    else history.replaceState(history.state, "", url);
  };
  const go = (next: Place, how: "push" | "replace") => {
    if (!show(next)) return;
    record(how);
    onUrl?.(formatPlace(place));
  };
  const onPopState = () => {
    if (show(parsePlace(window.location.search))) onUrl?.(formatPlace(place));
  };

  if (mode === "push") addEventListener("popstate", onPopState);

  return {
    get: () => place,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    chooseAccount(accountId) {
      go({ ...place, accountId }, mode);
    },
    setHidden(panel, isHidden) {
      const isOut = (name: PanelName) => (name === panel ? isHidden : place.hidden.has(name));
      go({ ...place, hidden: new Set(panelNames.filter(isOut)) }, "replace");
    },
    navigate(url) {
      if (show(parsePlace(url))) record(mode);
    },
    close() {
      removeEventListener("popstate", onPopState);
      listeners.clear();
    },
  };
}

/** Reads a place from a URL. Never throws: what is not understood is nothing chosen, nothing hidden. */
export function parsePlace(url: string): Place {
  const query = url.split("#", 1)[0]?.split("?").slice(1).join("?");
  const params = new URLSearchParams(query);
  const accountId = params.get("account") ?? "";
  const hide = (params.get("hide") ?? "").split(",");
  return {
    accountId: accountId.length > 0 && accountId.length <= 200 ? accountId : null,
    hidden: new Set(panelNames.filter((panel) => hide.includes(panel))),
  };
}

/** The one way to write a place, so that equal places have equal URLs. */
export function formatPlace(place: Place): string {
  const params = new URLSearchParams();
  writePlace(params, place);
  return params.size > 0 ? `/?${params}` : "/";
}

function writePlace(params: URLSearchParams, { accountId, hidden }: Place): void {
  params.delete("account");
  params.delete("hide");
  if (accountId !== null) params.set("account", accountId);
  if (hidden.size > 0) params.set("hide", [...hidden].join());
}

/** The document keeps its path and what else is in its query: a pane's document is the frame page. */
function documentUrl(place: Place): string {
  const params = new URLSearchParams(window.location.search);
  writePlace(params, place);
  return window.location.pathname + (params.size > 0 ? `?${params}` : "") + window.location.hash;
}

function samePlace(a: Place, b: Place): boolean {
  return formatPlace(a) === formatPlace(b);
}

export const LocationContext = createContext<Location | null>(null);

export type LocationHandle = Place & Pick<Location, "chooseAccount" | "setHidden">;

export function useLocation(): LocationHandle {
  const location = useContext(LocationContext);
  if (!location) throw new Error("useLocation needs a LocationContext");
  const place = useSyncExternalStore(location.subscribe, location.get);
  return { ...place, chooseAccount: location.chooseAccount, setHidden: location.setHidden };
}
