import type { Network } from "../models/network.ts";
import type { Oracle } from "../oracle/oracle.ts";
import type { Tab } from "../tab/tab.ts";
import { isInView } from "./browser.ts";
import type { Spans } from "./spans.ts";

/** Whether pages are visible and online, as the spans of their tabs say. */
export interface PageState {
  hide(tab: Tab, ms: number): void;
  takeOffline(tab: Tab, ms: number): void;
  /** Has the browser say so, wrongly. */
  callOffline(tab: Tab, ms: number): void;
  /** Brings a page that has just woken up to date. */
  update(tab: Tab): void;
}

export function createPageState(spans: Spans, network: Network, oracle: Oracle): PageState {
  function update(tab: Tab) {
    const { page } = tab;
    if (page.life !== "running") return;
    const visible = !spans.isOn(`${tab.id} hidden`);
    if (visible !== isInView(tab)) {
      oracle.moved(tab);
      page.show(visible);
    }
    page.isCut = spans.isOn(`${tab.id} offline`);
    page.setOnline(!page.isCut && !spans.isOn(`${tab.id} called offline`));
  }

  return {
    hide(tab, ms) {
      const change = () => update(tab);
      spans.during(`${tab.id} hidden`, ms, change, change);
    },
    takeOffline(tab, ms) {
      spans.during(
        `${tab.id} offline`,
        ms,
        () => {
          network.breakStreams(tab.page);
          update(tab);
        },
        () => update(tab),
      );
    },
    callOffline(tab, ms) {
      const change = () => update(tab);
      spans.during(`${tab.id} called offline`, ms, change, change);
    },
    update,
  };
}
