import { createContext, useContext } from "react";
import type { ShellDoor } from "#contract/mount.ts";
import type { TabTitle } from "#contract/tab-title.ts";
import type { BuildWatch } from "#data/server/build-watch.ts";

export interface Tab {
  /** The name of this tab: "Tab A" in a pane, "This tab" in a browser tab. */
  readonly name: string;
  /** In a browser tab of its own, where this tab owns the theme. */
  readonly standalone: boolean;
  /** What the shell around it can do. */
  readonly shell?: ShellDoor | undefined;
  /** Tells the shell what is shown. */
  readonly onTitle?: ((title: TabTitle) => void) | undefined;
  readonly builds: Pick<BuildWatch, "other" | "subscribe">;
  /** Tells the shell what version to reload for; null for none. */
  readonly onOutdated?: ((version: string | null) => void) | undefined;
}

export const TabContext = createContext<Tab | null>(null);

export function useTab(): Tab {
  const tab = useContext(TabContext);
  if (!tab) throw new Error("useTab needs a TabContext above it");
  return tab;
}
