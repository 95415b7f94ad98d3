import { createContext, useContext } from "react";
import type { ShellDoor } from "#contract/mount.ts";
import type { TabTitle } from "#contract/tab-title.ts";

export interface Tab {
  /** The name of this tab: "Tab A" in a pane, "This tab" in a browser tab. */
  readonly name: string;
  /** In a browser tab of its own, where this tab owns the theme. */
  readonly standalone: boolean;
  /** What the shell around it can do. */
  readonly shell?: ShellDoor | undefined;
  /** Tells the shell what is shown. */
  readonly onTitle?: ((title: TabTitle) => void) | undefined;
}

export const TabContext = createContext<Tab>({ name: "This tab", standalone: true });

export function useTab(): Tab {
  return useContext(TabContext);
}
