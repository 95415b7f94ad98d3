import type { QueryClient } from "@tanstack/query-core";
import type { Sync } from "../core/sync.ts";
import { connectMutationTrace } from "./mutation-trace.ts";
import { observeTab } from "./observe-tab.ts";
import {
  type InspectorOptions,
  type MountedInspector,
  mountInspector,
} from "./panel/mount-inspector.ts";
import { createRecorder } from "./recorder.ts";
import { nameTabs, ownTitle } from "./tab-titles.ts";
import { connectWatch, type WatchChannel } from "./watch.ts";

export interface DevtoolsOptions {
  readonly sync: Sync;
  readonly queryClient: QueryClient;
  /**
   * The `name` of the sync. Then the tabs of this browser that have made their devtools show each other: a lane each.
   * Left out, a tab shows itself.
   */
  readonly name?: string;
  /** By default a `BroadcastChannel` called after `name`. */
  readonly channel?: WatchChannel;
}

export interface Devtools {
  /** Shows the panel in an element of some height. Returns what ends it. */
  mount(
    element: HTMLElement,
    options?: Pick<InspectorOptions, "theme" | "onClose" | "title">,
  ): MountedInspector;
  /** Ends everything, mounted panels too. */
  close(): void;
  /** For TanStack Devtools of any framework but React, whose door has a component: `plugins: [devtools.plugin]`. */
  readonly plugin: DevtoolsPlugin;
}

/** In the form of `TanStackDevtoolsPlugin`: https://tanstack.com/devtools. */
export interface DevtoolsPlugin {
  readonly id: string;
  readonly name: string;
  render(element: HTMLElement, props: { readonly theme: "light" | "dark" }): void;
  destroy(): void;
}

/**
 * The inspector of one tab: what its sync does and why, beside the other tabs of the browser. Until a panel is mounted,
 * here or in one of them, it only listens for that. What a tab tells has keys of queries and ids of rows, and no rows.
 */
export function createDevtools(options: DevtoolsOptions): Devtools {
  const { sync, queryClient, name } = options;
  const recorder = createRecorder();
  const own = { sync, queryClient };
  const mounted = new Set<() => void>();
  let undoOwn = () => {};
  let inPlugin: { element: HTMLElement; inspector: MountedInspector } | null = null;
  const take = (tabId: string, run: number, reports: unknown) => {
    const title = nameTabs.titleOf(tabId, sync.tabId);
    recorder.add(title, run, nameTabs.inReports(reports, sync.tabId));
  };
  const watch = connectWatch({
    name,
    tabId: sync.tabId,
    channel: options.channel,
    observe: (send) => observeTab(own, send),
    onReports: take,
  });
  const undoMutations = connectMutationTrace(queryClient, sync.trace);

  function mount(element: HTMLElement, panel: Parameters<Devtools["mount"]>[1] = {}) {
    if (mounted.size === 0) {
      undoOwn = observeTab(own, (reports) => take(sync.tabId, 0, reports));
      watch.look(true);
    }
    const inspector = mountInspector(element, {
      recorder,
      title: "Sync",
      tabs: [ownTitle],
      hint: "Write something in this tab or another one.",
      ...panel,
    });
    const unmount = () => {
      if (!mounted.delete(unmount)) return;
      inspector.unmount();
      if (mounted.size > 0) return;
      undoOwn();
      watch.look(false);
    };
    mounted.add(unmount);
    return { ...inspector, unmount };
  }

  function leavePlugin() {
    inPlugin?.inspector.unmount();
    inPlugin = null;
  }

  return {
    mount,
    plugin: {
      id: "tandem-sync",
      name: "Sync",
      render(element, { theme }) {
        if (inPlugin?.element === element) return inPlugin.inspector.setTheme(theme);
        leavePlugin();
        inPlugin = { element, inspector: mount(element, { theme }) };
      },
      destroy: leavePlugin,
    },
    close() {
      for (const unmount of [...mounted]) unmount();
      undoMutations();
      watch.close();
    },
  };
}
