import { sessionKey } from "#contract/session.ts";
import type { PersistentStore } from "#data/storage/persistent-store.ts";
import {
  type Clock,
  createPage,
  createSharedStorage,
  type Page,
  type WebLocks,
} from "#sync/testing";
import type { Network } from "../models/network.ts";
import type { Oracle } from "../oracle/oracle.ts";
import type { Globals, Realms } from "../tab/realms.ts";
import { createTab, type Tab, type TabWatch } from "../tab/tab.ts";

/** One browser: its tabs, and what they share on disk. */
export interface Browser {
  /** Open tabs, oldest first, also those that sleep. */
  readonly tabs: readonly Tab[];
  /** IndexedDB, which the first tab opens. */
  readonly store: PersistentStore | null;
  /** The id of the current session, by `localStorage`. */
  readonly sessionId: string;
  /** Opens a tab; `asClosed`: under the name of the tab that was closed last, if there is one. */
  open(accountId: string, asClosed?: boolean): void;
  reload(tab: Tab): void;
  /** Ends a page that has been left. It is loaded anew by what `later` is called with. */
  leave(tab: Tab, later: (comeBack: () => void) => void): void;
  end(tab: Tab, how: "closed" | "crashed" | "reloaded"): void;
}

export interface BrowserOptions {
  clock: Clock;
  realms: Realms;
  globalsOf: (page: Page) => Globals;
  network: Network;
  locks: WebLocks;
  oracle: Oracle;
  /** Sees what the tabs do before the oracle does. */
  watch: TabWatch;
  count: (what: string) => void;
  onError: (error: unknown) => void;
}

/** What of a tab survives its reloads: its name and its `sessionStorage`. */
interface TabIdentity {
  readonly name: string;
  readonly memory: Map<string, string>;
}

export function createBrowser(options: BrowserOptions): Browser {
  const { clock, realms, globalsOf, network, locks, oracle, watch, count, onError } = options;
  const localStorage = createSharedStorage(clock);
  const identities = new Map<Tab, TabIdentity>();
  /** Names of closed tabs, which a tab that is opened later may get. */
  const closed: TabIdentity[] = [];
  let tabs: readonly Tab[] = [];
  let opened = 0;
  let store: PersistentStore | null = null;

  function openAs(accountId: string, identity?: TabIdentity) {
    const id = `t${++opened}`;
    const { name, memory } = identity ?? { name: id, memory: new Map<string, string>() };
    const page = createPage(id, { clock, onError });
    const storage = localStorage.openIn(page);
    Object.assign(page.window, { localStorage: storage });
    const realm = realms.acquire(globalsOf(page));
    store ??= countAdoptions(oracle.watchStore(realm.code.createMemoryStore(clock.now)));
    createTab({
      id,
      page,
      realm,
      accountId,
      browser: {
        name,
        store,
        memory: {
          getItem: (key) => memory.get(key) ?? null,
          setItem: (key, value) => void memory.set(key, value),
        },
        storage,
        onLost() {
          const tab = tabs.find((each) => each.page === page);
          if (!tab) return;
          count("name acquired by another tab");
          clock.after(0, null, () => reload(tab));
        },
      },
      watch,
      onOpen(tab) {
        oracle.opened(tab);
        identities.set(tab, { name, memory });
        if (!tabs.includes(tab)) tabs = [...tabs, tab];
      },
    });
  }

  function reload(tab: Tab) {
    if (!tabs.includes(tab)) return;
    end(tab, "reloaded");
    openAs(tab.accountId, identities.get(tab));
  }

  function leave(tab: Tab, later: (comeBack: () => void) => void) {
    if (!tabs.includes(tab)) return;
    const comeBack = () => openAs(tab.accountId, identities.get(tab));
    end(tab, "left");
    // A schedule has a tab at any time.
    if (tabs.length === 0) comeBack();
    else later(comeBack);
  }

  function end(tab: Tab, how: "closed" | "crashed" | "reloaded" | "left") {
    const { page, realm } = tab;
    const identity = identities.get(tab);
    if (identity && (how === "closed" || how === "crashed"))
      closed.push({ name: identity.name, memory: new Map() });
    if (tab.unanswered > 0) count(`${how} in the middle of a write`);
    // Who has left has been told so.
    if (how === "closed" || how === "reloaded")
      page.window.dispatch("pagehide", { persisted: false });
    page.life = "dead";
    localStorage.closeIn(page);
    tabs = tabs.filter((each) => each !== tab);
    network.forget(page);
    for (const name of locks.forget(page)) count(`died holding ${name.split(" ")[0]}`);
    tab.close();
    clock.after(1, null, () => {
      // Nothing of the old page may run in the realm when another page gets it.
      if (!realm.code.onlineManager.hasListeners()) realms.release(realm);
      else oracle.broke(`${tab.id} is closed, and listens for the network`);
    });
  }

  function countAdoptions(of: PersistentStore): PersistentStore {
    return {
      ...of,
      async adopt(id, from, to) {
        for (const kind of ["writes", "drafts"] as const)
          if ((await of.read(kind, from)).size > 0) count(`adopted: ${kind}`);
        await of.adopt(id, from, to);
      },
    };
  }

  return {
    get tabs() {
      return tabs;
    },
    get store() {
      return store;
    },
    get sessionId() {
      const session = localStorage.values.get(sessionKey) ?? "";
      return /"id":"([^"]*)"/.exec(session)?.[1] ?? "guest";
    },
    open: (accountId, asClosed) => openAs(accountId, asClosed ? closed.pop() : undefined),
    reload,
    leave,
    end,
  };
}

/** The page runs and is visible. One that hangs while it is visible is not in view. */
export const isInView = ({ page }: Tab) =>
  page.life === "running" && page.window.document.visibilityState === "visible";
