import type { SyncStatus } from "#sync";
import type { TabReport } from "#sync/devtools";
import type { Openable, Theme } from "./pane.ts";
import type { TabTitle } from "./tab-title.ts";

/**
 * The arguments and the result of the federated module `tabApp/mount`, which the frame page of the
 * host calls. No rows pass through it.
 */
export type Mount = (element: HTMLElement, context: MountContext) => MountedApp;

export interface MountContext {
  /** The version of the pane contract that holds. From 2 on nothing is missing here. Missing itself in an earlier deploy of the frame page. */
  readonly contract?: number;
  /** The name of this tab in traces and messages: "Tab A". */
  readonly name: string;
  readonly theme: Theme;
  /** The initial visibility: false when the pane is hidden or covered. */
  readonly visible: boolean;
  /** The URL to restore, as path and query: "/?account=acc-01". */
  readonly url: string;
  /** The tab navigated. The shell holds the history; the tab makes no entry of its own. */
  onUrl(url: string): void;
  onStatus(status: SyncStatus): void;
  /** The tab shows something else. Missing in an earlier deploy of the frame page. */
  onTitle?(title: TabTitle): void;
  /** There is another version to reload for (its name), or none any more. Missing in an earlier deploy of the frame page. */
  onOutdated?(version: string | null): void;
  /** Another tab requests this one: show its pane and give it the focus. */
  onReveal(): void;
  /** What the shell can do, to be listed and run by the tab. Missing in an earlier deploy of the frame page. */
  readonly shell?: ShellDoor;
  /** What the inspector reads: the trace so far, then what is new in it. Only between `traceTo(true)` and `traceTo(false)`. */
  onTrace(reports: readonly TabReport[]): void;
}

export interface ShellDoor {
  /** Of the shell's page: a link from a tab in it leads there. */
  readonly origin: string;
  /** Resolves with what can be done now, for `shellCommandsSchema` to parse. Rejects where the shell does not answer. */
  commands(): Promise<unknown>;
  run(commandId: string): void;
}

export interface MountedApp {
  setTheme(theme: Theme): void;
  setVisible(visible: boolean): void;
  /** Navigates to a URL of the shell's history (its Back and Forward). */
  navigate(url: string): void;
  /** Opens its commands or its shortcuts. Missing in an earlier deploy of the app. */
  open?(what: Openable): void;
  /** Starts, with the entries so far, or stops passing the trace to `onTrace`. */
  traceTo(on: boolean): void;
  /** One of `contract/trial.ts`: something goes wrong in its realm, to be watched. An app may have none. */
  tryOut?(trial: unknown): void;
  unmount(): void;
}
