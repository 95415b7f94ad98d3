import { tabUrlSchema } from "#contract/pane.ts";
import { defaultTabs, type Remote, type Remotes } from "#host/panes/remotes.ts";
import {
  evenSize,
  labelOf,
  layouts,
  maxPanes,
  paneIds,
  type ShellPlan,
  sizeOf,
} from "./shell-plan.ts";

/**
 * Reads `?tabs=B,A&A=%2F%3Faccount%3Dacc-01&A.name=Mine&hidden=B&layout=focus&front=B`: the tabs in their order. A tab of another
 * remote than the first is `C:name`; an empty `tabs=` is a shell whose tabs were all closed. What is not understood is left out.
 */
export function parseShellUrl(search: string, remotes: Remotes): ShellPlan {
  const query = new URLSearchParams(search);
  const hidden = new Set(list(query.get("hidden")));
  const named = new Map(list(query.get("tabs")).flatMap((tab) => parseTab(tab, remotes)));
  const isDefault = named.size === 0 && query.get("tabs") !== "";
  const tabs = isDefault ? new Map(defaultTabs.map((id) => [id, remotes[0]])) : named;
  const panes = [...tabs].slice(0, maxPanes).map(([id, remote]) => ({
    id,
    remote,
    url: tabUrlSchema.safeParse(query.get(id)).data ?? "/",
    hidden: hidden.has(id),
    label: labelOf(query.get(`${id}.name`) ?? ""),
    size: sizeOf(Number(query.get(`${id}.size`) ?? evenSize)),
  }));
  const layout = layouts.find((known) => known === query.get("layout")) ?? "side";
  const front = panes.find((pane) => pane.id === query.get("front")) ?? panes[0];
  const isStacked = layout === "stacked" || query.get("from") === "stacked";
  return { panes, layout, from: isStacked ? "stacked" : "side", front: front?.id ?? "" };
}

/** The query of the shell's URL: short, stable, and without defaults. */
export function formatShellUrl(plan: ShellPlan, remotes: Remotes): string {
  const { panes, layout, from, front } = plan;
  const tabs = panes.map(({ id, remote }) => (remote === remotes[0] ? id : `${id}:${remote.name}`));
  const hidden = panes.filter((pane) => pane.hidden).map((pane) => pane.id);
  const parts = [
    tabs.join() === defaultTabs.join() ? "" : `tabs=${tabs.join()}`,
    ...panes.map(({ id, url }) => (url === "/" ? "" : `${id}=${encodeURIComponent(url)}`)),
    ...panes.map(({ id, label }) => label && `${id}.name=${encodeURIComponent(label)}`),
    ...panes.map(({ id, size }) => (size === evenSize ? "" : `${id}.size=${size}`)),
    hidden.length > 0 ? `hidden=${hidden.join()}` : "",
    layout === "side" ? "" : `layout=${layout}`,
    layout === "focus" && from === "stacked" ? "from=stacked" : "",
    layout === "focus" && front !== panes[0]?.id ? `front=${front}` : "",
  ].filter(Boolean);
  return parts.length > 0 ? `?${parts.join("&")}` : "";
}

function list(text: string | null): string[] {
  return text ? text.split(",") : [];
}

function parseTab(tab: string, remotes: Remotes): [string, Remote][] {
  const [id = "", name = remotes[0].name] = tab.split(":");
  const remote = remotes.find((known) => known.name === name);
  return paneIds.includes(id) && remote ? [[id, remote]] : [];
}
