import { type TabUrl, tabUrlSchema } from "#contract/pane.ts";
import { defaultTabs, type Remote } from "./remotes.ts";

export const layouts = ["side", "stacked", "focus"] as const;
export type Layout = (typeof layouts)[number];

export interface PanePlan {
  /** One letter: `A` is "Tab A". */
  readonly id: string;
  readonly remote: Remote;
  readonly place: TabUrl;
  readonly hidden: boolean;
}

/** What the address bar keeps of the shell, and a reload brings back. */
export interface ShellPlan {
  readonly panes: readonly PanePlan[];
  readonly layout: Layout;
  /** The pane that is shown when only one is. */
  readonly front: string;
}

/** The user can see it, as far as the shell knows: not hidden, and not behind the one in front. */
export function isShown(state: ShellPlan, pane: PanePlan): boolean {
  return !pane.hidden && (state.layout !== "focus" || state.front === pane.id);
}

export const maxPanes = 16;

/**
 * Reads `?tabs=A,B&A=%2F%3Faccount%3Dacc-01&hidden=B&layout=focus&front=B`. A tab of another remote
 * than the first is `C:name`; an empty `tabs=` is a shell whose tabs were all closed. Whatever makes
 * no sense is left out.
 */
export function parseShellUrl(search: string, remotes: readonly [Remote, ...Remote[]]): ShellPlan {
  const query = new URLSearchParams(search);
  const hidden = new Set(list(query.get("hidden")));
  const named = new Map(list(query.get("tabs")).flatMap((tab) => parseTab(tab, remotes)));
  const untouched = named.size === 0 && query.get("tabs") !== "";
  const tabs = untouched ? new Map(defaultTabs.map((id) => [id, remotes[0]])) : named;
  const panes = [...tabs].slice(0, maxPanes).map(([id, remote]) => ({
    id,
    remote,
    place: tabUrlSchema.safeParse(query.get(id)).data ?? "/",
    hidden: hidden.has(id),
  }));
  const layout = layouts.find((known) => known === query.get("layout")) ?? "side";
  const front = panes.find((pane) => pane.id === query.get("front")) ?? panes[0];
  return { panes, layout, front: front?.id ?? "" };
}

/** The query of the shell's URL: short, stable, and without what is the default anyway. */
export function formatShellUrl(plan: ShellPlan, remotes: readonly [Remote, ...Remote[]]): string {
  const { panes, layout, front } = plan;
  const tabs = panes.map(({ id, remote }) => (remote === remotes[0] ? id : `${id}:${remote.name}`));
  const hidden = panes.filter((pane) => pane.hidden).map((pane) => pane.id);
  const parts = [
    tabs.join() === defaultTabs.join() ? "" : `tabs=${tabs.join()}`,
    ...panes.map(({ id, place }) => (place === "/" ? "" : `${id}=${encodeURIComponent(place)}`)),
    hidden.length > 0 ? `hidden=${hidden.join()}` : "",
    layout === "side" ? "" : `layout=${layout}`,
    layout === "focus" && front !== panes[0]?.id ? `front=${front}` : "",
  ].filter(Boolean);
  return parts.length > 0 ? `?${parts.join("&")}` : "";
}

/** The next letter that no tab has, or `null` when the shell is full. */
export function nextId(taken: readonly string[]): string | null {
  if (taken.length >= maxPanes) return null;
  return letters.find((letter) => !taken.includes(letter)) ?? null;
}

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

function list(text: string | null): string[] {
  return text ? text.split(",") : [];
}

function parseTab(tab: string, remotes: readonly [Remote, ...Remote[]]): [string, Remote][] {
  const [id = "", name = remotes[0].name] = tab.split(":");
  const remote = remotes.find((known) => known.name === name);
  return letters.includes(id) && remote ? [[id, remote]] : [];
}
