import type { Query } from "@tanstack/react-query";
import type { Page } from "#sync/testing";
import type { Tab } from "../tab/tab.ts";
import { isVisible, type OracleContext } from "./context.ts";

/** Claim "out of view": no request, and nothing put in place, while a page is hidden or asleep. */
export interface OutOfView {
  slept(page: Page): void;
  woke(page: Page): void;
  requested(page: Page, path: string): void;
  askedForChanges(page: Page): void;
  streamOpened(page: Page): void;
  readAgain(page: Page, queryHash: string): void;
  /** The data of a query changed. `isOwn`: by an answer that the tab awaited, or by its own write. */
  cached(tab: Tab, query: Query, cause: string, isOwn: boolean): void;
}

export function createOutOfView({ clock, fail }: OracleContext): OutOfView {
  const sleptAt = new Map<Page, number>();
  const wokeAt = new Map<Page, number>();
  const lastData = new WeakMap<Query, unknown>();
  return {
    slept: (page) => void sleptAt.set(page, clock.now()),
    woke: (page) => void wokeAt.set(page, clock.now()),
    requested(page, path) {
      // What reached the page just before it slept it still acts on.
      if (page.life !== "running" && sleptAt.get(page) !== clock.now())
        fail("out of view", `${page.id} asks ${path} in its sleep`);
    },
    askedForChanges(page) {
      // A page that wakes may catch up before it is visible.
      if (!isVisible(page) && wokeAt.get(page) !== clock.now())
        fail("out of view", `${page.id} asked for changes while it was hidden`);
    },
    streamOpened(page) {
      if (!isVisible(page)) fail("out of view", `${page.id} opens a stream while it is hidden`);
    },
    readAgain(page, queryHash) {
      if (!isVisible(page)) fail("out of view", `${page.id} read ${queryHash} while it was hidden`);
    },
    cached(tab, query, cause, isOwn) {
      const before = lastData.get(query);
      lastData.set(query, query.state.data);
      if (isOwn || cause !== "setState" || isVisible(tab.page) || !query.isActive()) return;
      // Confirmed writes replace their overlay whenever they are known.
      if (tab.open.data.outbox.entries.length > 0) return;
      if (query.state.data !== before)
        fail("out of view", `${tab.id} patched ${query.queryHash} while it was hidden`);
    },
  };
}
