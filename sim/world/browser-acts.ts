import { accountIds } from "../models/seed.ts";
import type { Tab } from "../tab/tab.ts";
import { isInView } from "./browser.ts";
import { createOnTab } from "./on-tab.ts";
import type { Acts } from "./schedule.ts";
import type { World } from "./world.ts";

const maxTabs = 5;

/** What happens to tabs, by the user, the browser or the network. */
export type BrowserActs = Acts<
  | "hide tab"
  | "freeze"
  | "hang"
  | "wedge"
  | "lying flag"
  | "bfcache"
  | "offline"
  | "reload"
  | "close"
  | "open"
  | "set clock"
>;

export function createBrowserActs(world: World): BrowserActs {
  const { clock, wallClock, browser, spans, pageState, locks, oracle, count } = world;
  const onTab = createOnTab(browser);

  function onRunning<Command extends { readonly tab: number }>(
    act: (tab: Tab, command: Command) => void,
  ) {
    return onTab<Command>((tab, command) => {
      if (tab.page.life === "running") act(tab, command);
    });
  }

  /** The page runs nothing for `ms`. What it missed it gets then, but for what is lost with `lose`. */
  function sleep(tab: Tab, ms: number, lose: boolean, onWake: () => void) {
    const { page } = tab;
    page.life = "stopped";
    oracle.slept(page);
    locks.sleep(page);
    spans.later(ms, () => {
      if (page.life === "dead") return;
      page.life = "running";
      oracle.woke(page);
      onWake();
      clock.wake(page, lose);
      pageState.update(tab);
    });
  }

  return {
    "hide tab": onTab((tab, { ms }) => {
      count("tab hidden");
      pageState.hide(tab, ms);
    }),
    freeze: onRunning((tab, { ms, lose }) => {
      count(lose ? "frozen, all lost" : "frozen, all kept");
      pageState.hide(tab, ms);
      sleep(tab, ms, lose, () => {
        tab.page.window.document.dispatch("resume");
        oracle.resumed(tab);
      });
    }),
    hang: onRunning((tab, { ms }) => {
      count("hung while in view");
      sleep(tab, ms, false, () => {});
    }),
    wedge: onRunning((tab, { ms }) => {
      if (spans.isOn("wedged") || !isInView(tab)) return;
      count("wedged while in view");
      spans.during(
        "wedged",
        ms,
        () => {},
        () => {},
      );
      sleep(tab, ms, false, () => {});
    }),
    "lying flag": onTab((tab, { ms }) => {
      count("called offline, wrongly");
      pageState.callOffline(tab, ms);
    }),
    bfcache: onRunning((tab, { ms }) => {
      const { window } = tab.page;
      count("back/forward cache");
      window.dispatch("pagehide", { persisted: true });
      pageState.hide(tab, ms);
      sleep(tab, ms, true, () => {
        oracle.cameBackFromCache(tab);
        window.dispatch("pageshow", { persisted: true });
        oracle.resumed(tab);
      });
      // By then it has released what it does.
      clock.after(2, null, () => {
        if (tab.page.life !== "stopped" || !locks.isHeldBy(tab.page)) return;
        count("refused by the back/forward cache");
        browser.leave(tab, (comeBack) => spans.later(ms, comeBack));
      });
    }),
    offline: onTab((tab, { ms }) => {
      count("offline");
      pageState.takeOffline(tab, ms);
    }),
    reload: onTab((tab) => {
      count("reload");
      browser.reload(tab);
    }),
    close: onTab((tab, { crash }) => {
      if (browser.tabs.length < 2) return;
      count(crash ? "tab crashed" : "tab closed");
      browser.end(tab, crash ? "crashed" : "closed");
    }),
    "set clock"({ by }) {
      count(by < 0 ? "clock set back" : "clock set forward");
      wallClock.error += by;
    },
    open({ account }) {
      if (browser.tabs.length >= maxTabs) return;
      count("tab opened late");
      browser.open(accountIds[account] ?? "a", account === 1);
    },
  };
}
