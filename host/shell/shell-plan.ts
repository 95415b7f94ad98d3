import type { TabUrl } from "#contract/pane.ts";
import type { Remote } from "#host/panes/remotes.ts";

export const layouts = ["side", "stacked", "focus"] as const;
export type Layout = (typeof layouts)[number];

export interface PanePlan {
  /** One letter: `A` is "Tab A". */
  readonly id: string;
  readonly remote: Remote;
  readonly url: TabUrl;
  readonly hidden: boolean;
  /** What its user calls it; "" is nothing. */
  readonly label: string;
  /** Its share beside the others, against 100 of one that was never resized. */
  readonly size: number;
}

/** What the shell's URL holds, and a reload restores. */
export interface ShellPlan {
  /** In the order in which they are shown. */
  readonly panes: readonly PanePlan[];
  readonly layout: Layout;
  /** The layout that is left for `focus`. */
  readonly from: Exclude<Layout, "focus">;
  /** The pane that is shown when only one is. */
  readonly front: string;
}

export const maxPanes = 16;
const maxLabel = 40;

export const evenSize = 100;

/** How large a pane may be, against the others. */
export function sizeOf(size: number): number {
  return Number.isNaN(size) ? evenSize : Math.min(400, Math.max(25, Math.round(size)));
}

/** What a pane may be called. */
export function labelOf(text: string): string {
  return text.trim().slice(0, maxLabel).toWellFormed();
}

export const paneIds = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** The next id that is free, or `null` when the shell is full. */
export function nextId(taken: readonly string[]): string | null {
  if (taken.length >= maxPanes) return null;
  return paneIds.find((id) => !taken.includes(id)) ?? null;
}

/** Visible as far as the shell knows: not hidden, and not behind the pane in front. */
export function isShown(plan: ShellPlan, pane: PanePlan): boolean {
  return !pane.hidden && (plan.layout !== "focus" || plan.front === pane.id);
}

/** The panes, with the one of this id changed. */
export function patchPane(plan: ShellPlan, id: string, patch: Partial<PanePlan>): PanePlan[] {
  return plan.panes.map((pane) => (pane.id === id ? { ...pane, ...patch } : pane));
}

/** The pane in front once this one is hidden or closed; one that is shown, if there is any. */
export function frontWithout({ front, panes }: ShellPlan, id: string): string {
  if (front !== id) return front;
  const others = panes.filter((pane) => pane.id !== id);
  return (others.find((pane) => !pane.hidden) ?? others[0])?.id ?? "";
}
