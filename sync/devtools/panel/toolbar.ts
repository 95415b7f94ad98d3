import { formatCount } from "../format-trace.ts";
import type { MarkKind } from "../marks.ts";
import { h } from "./dom.ts";
import { legendGlyph } from "./glyph.ts";
import { icon } from "./icons.ts";
import type { Look } from "./lay-out.ts";
import { toolButton } from "./tool-button.ts";

export const views = ["Timeline", "Queries", "Spared"] as const;
export type View = (typeof views)[number];

export interface ToolbarActions {
  readonly onView: (view: View) => void;
  readonly onPause: () => void;
  readonly onStep: (by: -1 | 1) => void;
  readonly onZoom: (by: number) => void;
  readonly onFit: () => void;
  readonly onLatest: () => void;
  readonly onExport: () => void;
  readonly onLoad: (file: File) => void;
  readonly onClear: () => void;
  readonly onTab: (tab: string) => void;
  readonly onKind: (kind: MarkKind) => void;
  readonly onText: (text: string) => void;
  readonly onClose?: (() => void) | undefined;
}

export interface ToolbarState {
  readonly view: View;
  readonly isPaused: boolean;
  readonly waiting: number;
  /** The name of the file that is shown in place of what happens. */
  readonly loaded: string | null;
  readonly fault: string | null;
  readonly tabs: readonly string[];
  readonly requests: ReadonlyMap<string, number>;
  readonly withoutTabs: ReadonlySet<string>;
  readonly withoutKinds: ReadonlySet<MarkKind>;
}

const legend: readonly { kind: MarkKind; name: string; look: Look }[] = [
  { kind: "write", name: "Writes", look: "write" },
  { kind: "commit", name: "Server", look: "commit" },
  { kind: "message", name: "Channel", look: "message" },
  { kind: "change", name: "Changes", look: "patched" },
  { kind: "wait", name: "Waits", look: "wait" },
  { kind: "read", name: "Reads", look: "read" },
  { kind: "shown", name: "Paints", look: "shown" },
  { kind: "note", name: "Notes", look: "note" },
];

export function createToolbar(title: string, actions: ToolbarActions) {
  const state = h("span", { class: "state" });
  const pause = toolButton({ label: "Pause", icon: "pause", onClick: actions.onPause });
  const input = h("input", {
    type: "file",
    accept: ".json,application/json",
    class: "hidden",
    tabindex: -1,
    "aria-label": "Trace file",
    onChange() {
      const file = input.files?.[0];
      input.value = "";
      if (file) actions.onLoad(file);
    },
  });
  const onlyTimeline = [
    toolButton({ label: "Previous event", icon: "back", onClick: () => actions.onStep(-1) }),
    toolButton({ label: "Next event", icon: "on", onClick: () => actions.onStep(1) }),
    toolButton({ label: "Zoom out", icon: "zoomOut", onClick: () => actions.onZoom(2) }),
    toolButton({ label: "Zoom in", icon: "zoomIn", onClick: () => actions.onZoom(0.5) }),
    toolButton({ label: "Show all", icon: "fit", onClick: actions.onFit }),
    toolButton({ label: "Show the latest", icon: "latest", onClick: actions.onLatest }),
  ];
  const viewTabs = views.map((view) =>
    h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${view}`,
        "aria-controls": "view",
        onClick: () => actions.onView(view),
      },
      view,
    ),
  );
  const tabList = h(
    "div",
    { class: "views", role: "tablist", "aria-label": "View", onKeydown: onViewKey },
    ...viewTabs,
  );
  const tabs = h("fieldset", {});
  const kinds = legend.map(({ kind, name, look }) => ({
    kind,
    chip: h(
      "button",
      { type: "button", class: "chip", onClick: () => actions.onKind(kind) },
      legendGlyph(look),
      name,
    ),
  }));
  const search = h("input", {
    type: "search",
    class: "search",
    placeholder: "Filter by text",
    "aria-label": "Filter by text",
    onInput: () => actions.onText(search.value),
  });
  const legendChips = h(
    "fieldset",
    { class: "legend" },
    h("legend", { class: "hidden" }, "Kinds of events"),
    ...kinds.map(({ chip }) => chip),
  );
  const fault = h("p", { class: "fault", role: "alert", hidden: true });
  const head = h(
    "header",
    { class: "head" },
    h(
      "div",
      { class: "line" },
      h("h2", {}, title),
      state,
      h(
        "div",
        { class: "actions" },
        ...onlyTimeline,
        pause,
        toolButton({ label: "Export", icon: "save", onClick: actions.onExport }),
        toolButton({ label: "Load", icon: "load", onClick: () => input.click() }),
        input,
        toolButton({ label: "Clear", icon: "clear", onClick: actions.onClear }),
        actions.onClose &&
          toolButton({ label: "Close drawer", icon: "close", onClick: actions.onClose }),
      ),
    ),
    h("div", { class: "line" }, tabList, search),
    tabs,
  );

  function onViewKey(event: KeyboardEvent) {
    const at = viewTabs.findIndex((tab) => tab.tabIndex === 0);
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = by === undefined ? undefined : viewTabs.at((at + by) % viewTabs.length);
    if (!next) return;
    event.preventDefault();
    next.click();
    next.focus();
  }

  let shownTabs = "";
  function showTabs({ tabs: names, requests, withoutTabs }: ToolbarState) {
    const signature = JSON.stringify([names, [...requests], [...withoutTabs]]);
    if (signature === shownTabs) return;
    shownTabs = signature;
    const focused = tabs.querySelector<HTMLElement>("button:focus")?.dataset.tab;
    tabs.replaceChildren(
      h("legend", { class: "hidden" }, "Tabs, with their requests since cleared"),
      ...names.map((name) =>
        h(
          "button",
          {
            type: "button",
            class: "chip",
            "data-tab": name,
            "aria-pressed": String(!withoutTabs.has(name)),
            onClick: () => actions.onTab(name),
          },
          `${name} `,
          h("span", { class: "count" }, formatCount(requests.get(name) ?? 0, "request")),
        ),
      ),
    );
    for (const chip of tabs.querySelectorAll<HTMLElement>("button"))
      if (chip.dataset.tab === focused) chip.focus();
  }

  return {
    elements: [head, fault],
    /** What the shapes mean, which also chooses among them: it stands beside the picture. */
    legend: legendChips,
    show(next: ToolbarState) {
      const { view, isPaused, waiting, loaded } = next;
      const paused = isPaused ? `Paused${waiting > 0 ? `, ${waiting} waiting` : ""}` : "";
      state.textContent = loaded === null ? paused : `From ${loaded}`;
      const label = loaded !== null ? "Back to what happens now" : isPaused ? "Resume" : "Pause";
      pause.setAttribute("aria-label", label);
      pause.title = label;
      pause.setAttribute("aria-pressed", String(isPaused || loaded !== null));
      pause.replaceChildren(icon(isPaused || loaded !== null ? "play" : "pause"));
      for (const [at, tab] of viewTabs.entries()) {
        const isShown = views[at] === view;
        tab.setAttribute("aria-selected", String(isShown));
        tab.tabIndex = isShown ? 0 : -1;
      }
      for (const tool of onlyTimeline) tool.hidden = view !== "Timeline";
      search.hidden = view !== "Timeline";
      for (const { kind, chip } of kinds)
        chip.setAttribute("aria-pressed", String(!next.withoutKinds.has(kind)));
      showTabs(next);
      fault.hidden = next.fault === null;
      fault.textContent = next.fault ?? "";
    },
  };
}
