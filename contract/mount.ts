import type { SyncStatus, TraceEntry } from "#sync";

/**
 * What the federated module `tabApp/mount` is given and what it gives back. The frame page of the
 * host is the only other side. Nothing of the data crosses here.
 */
export type Mount = (element: HTMLElement, context: MountContext) => MountedApp;

export type Theme = "light" | "dark";

export interface MountContext {
  /** What people call this tab, in traces and messages: "Tab A". */
  readonly name: string;
  readonly theme: Theme;
  /** The shell's word at the start: false when the pane is hidden or covered. */
  readonly visible: boolean;
  /** Where the tab was, as path and query: "/?account=acc-01". */
  readonly url: string;
  /** The tab went somewhere. The shell keeps it; the tab itself makes no history entry. */
  onUrl(url: string): void;
  onStatus(status: SyncStatus): void;
  /** Another tab asks for this one: bring its pane into view and give it the focus. */
  onReveal(): void;
  /** New or amended trace entries (same `seq` amends), only between `traceTo(true)` and `traceTo(false)`. */
  onTrace(entries: readonly TraceEntry[]): void;
}

export interface MountedApp {
  setTheme(theme: Theme): void;
  setVisible(visible: boolean): void;
  /** Goes to a place the shell remembers (its Back and Forward). */
  navigate(url: string): void;
  /** Starts (with all that is kept) or stops handing the trace to `onTrace`. */
  traceTo(on: boolean): void;
  unmount(): void;
}
