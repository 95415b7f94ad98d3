import type { Tab } from "../tab/tab.ts";
import type { Browser } from "./browser.ts";

/** Carries out an act in the tab that a command chooses, where one is open. */
export function createOnTab(browser: Browser) {
  return <Command extends { readonly tab: number }>(act: (tab: Tab, command: Command) => void) =>
    (command: Command) => {
      const { tabs } = browser;
      const tab = tabs[command.tab % Math.max(1, tabs.length)];
      if (tab) act(tab, command);
    };
}
