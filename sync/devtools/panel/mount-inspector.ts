import { buildMarks, channelLane, type Mark, type MarkKind, serverLane } from "../marks.ts";
import { emptyRecording, type Recorder, type Recording } from "../recorder.ts";
import { buildRows, type Row } from "../rows.ts";
import { describe, relatives, tellStory } from "../story.ts";
import { formatTraceFile, parseTraceFile, type TraceFile } from "../trace-file.ts";
import { h } from "./dom.ts";
import { createQueriesView } from "./queries-view.ts";
import { createSparedView } from "./spared-view.ts";
import { createStoryView } from "./story-view.ts";
import { styles } from "./styles.ts";
import { createTimeline } from "./timeline.ts";
import { createToolbar, type View } from "./toolbar.ts";
import { createTraceList } from "./trace-list.ts";

export interface InspectorOptions {
  readonly recorder: Recorder;
  /** The tabs that have a lane before they have reported anything, in their order. */
  readonly tabs?: readonly string[];
  readonly title?: string;
  /** `page`: as the custom properties `--inspector-…` of the page say. By default what the system prefers. */
  readonly theme?: InspectorTheme;
  /** Shown where nothing has happened yet. */
  readonly hint?: string;
  /** With a button to close it. */
  readonly onClose?: () => void;
}

export type InspectorTheme = "light" | "dark" | "system" | "page";

export interface MountedInspector {
  setTabs(tabs: readonly string[]): void;
  setTheme(theme: InspectorTheme): void;
  unmount(): void;
}

const pageOfRows = 50;

/**
 * Shows a recorder's traces in `element`: in a shadow root, so that no style of the page's gets in and none of this gets
 * out. It draws at most once a frame, and rests four times as long as drawing took, however much happens.
 */
export function mountInspector(element: HTMLElement, options: InspectorOptions): MountedInspector {
  const { recorder, title = "Inspector", hint = "Change something in one tab." } = options;
  const holder = h("div", { "data-theme": options.theme ?? "system" });
  holder.style.height = "100%";
  const root = holder.attachShadow({ mode: "open" });
  // A policy that forbids inline styles allows this.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];

  let tabs = options.tabs ?? [];
  let view: View = "Timeline";
  /** What is shown while paused. */
  let frozen: Recording | null = null;
  let loaded: (TraceFile & { readonly name: string }) | null = null;
  let fault: string | null = null;
  let selected: string | null = null;
  let text = "";
  let limit = pageOfRows;
  const withoutTabs = new Set<string>();
  const withoutKinds = new Set<MarkKind>();
  let built: { of: Recording; marks: readonly Mark[]; rows: readonly Row[] } | null = null;
  let scheduled = 0;
  let restUntil = 0;
  let closed = false;

  const timeline = createTimeline({ onSelect: select });
  const list = createTraceList({
    onSelect(mark) {
      select(mark === selected ? null : mark);
      const found = marksNow().find(({ id }) => id === mark);
      if (found) timeline.reveal(found);
    },
    onMore() {
      limit += pageOfRows;
      render();
    },
  });
  const story = createStoryView({ onSelect: select, onClose: () => select(null) });
  const queries = createQueriesView();
  const spared = createSparedView();
  const toolbar = createToolbar(title, {
    onView(next) {
      view = next;
      fault = null;
      render();
    },
    onPause() {
      if (loaded) show(null);
      else frozen = frozen ? null : recorder.recording;
      render();
    },
    onStep: timeline.step,
    onZoom: timeline.zoom,
    onFit: () => timeline.fit(shownMarks()),
    onLatest: () => timeline.fit(null),
    onExport: save,
    onLoad: (file) => void load(file),
    onClear() {
      show(null);
      frozen &&= emptyRecording;
      recorder.clear();
    },
    onTab: (tab) => toggle(withoutTabs, tab),
    onKind: (kind) => toggle(withoutKinds, kind),
    onText(next) {
      text = next.trim().toLowerCase();
      render();
    },
    onClose: options.onClose,
  });
  const empty = h("div", { class: "empty" });
  const right = h("div", { class: "right" }, ...list.elements, empty);
  const split = h(
    "div",
    { class: "body split" },
    h("div", { class: "left" }, timeline.element, toolbar.legend, story.element),
    right,
  );
  const bodies: Record<View, HTMLElement> = {
    Timeline: split,
    Queries: h("div", { class: "body" }, queries.element),
    Spared: h("div", { class: "body" }, spared.element),
  };
  const body = h("div", { id: "view", class: "body", role: "tabpanel" });
  root.append(h("div", { class: "panel" }, ...toolbar.elements, body));

  function show(file: typeof loaded) {
    loaded = file;
    fault = null;
    selected = null;
    limit = pageOfRows;
    timeline.fit(null);
  }

  function select(mark: string | null) {
    selected = mark;
    render();
  }

  function toggle<T>(set: Set<T>, item: T) {
    if (!set.delete(item)) set.add(item);
    render();
  }

  const recordingNow = () => loaded?.recording ?? frozen ?? recorder.recording;

  function tabsNow(): readonly string[] {
    const told = recordingNow().entries.map(({ tab }) => tab);
    return [...new Set([...(loaded?.tabs ?? tabs), ...told])];
  }

  function builtNow() {
    const of = recordingNow();
    if (built?.of !== of) built = { of, marks: buildMarks(of), rows: buildRows(of.entries) };
    return built;
  }

  const marksNow = () => builtNow().marks;

  function shownMarks(): readonly Mark[] {
    return marksNow().filter(
      (mark) =>
        !withoutKinds.has(mark.kind) &&
        !withoutTabs.has(mark.lane) &&
        (text === "" || describe(mark).toLowerCase().includes(text)),
    );
  }

  function shownRows(marks: readonly Mark[]): readonly Row[] {
    const { rows } = builtNow();
    const found = text === "" ? null : new Set(marks.flatMap((mark) => [mark.id, rowOf(mark)]));
    return rows.filter(
      (row) =>
        !withoutKinds.has(row.kind) &&
        row.tabs.some((tab) => !withoutTabs.has(tab)) &&
        (!found || found.has(row.key)),
    );
  }

  function render() {
    if (closed) return;
    const begun = performance.now();
    const recording = recordingNow();
    const names = tabsNow();
    const panes = names.filter((tab) => !withoutTabs.has(tab));
    toolbar.show({
      view,
      isPaused: frozen !== null,
      waiting: frozen ? waitingSince(frozen, recorder.recording) : 0,
      loaded: loaded?.name ?? null,
      fault,
      tabs: names,
      requests: recording.requests,
      withoutTabs,
      withoutKinds,
    });
    const shown = bodies[view];
    body.setAttribute("aria-labelledby", `tab-${view}`);
    if (body.firstChild !== shown) body.replaceChildren(shown);
    if (view === "Queries") queries.show(recording, panes);
    if (view === "Spared") spared.show(recording);
    if (view === "Timeline") renderTimeline(panes);
    const took = performance.now() - begun;
    restUntil = performance.now() + took * 4;
  }

  function renderTimeline(panes: readonly string[]) {
    const marks = shownMarks();
    const mark = marksNow().find(({ id }) => id === selected);
    if (!mark) selected = null;
    const kin = mark && relatives(mark, marksNow());
    const related = new Set([...(kin?.before ?? []), ...(kin?.after ?? [])].map(({ id }) => id));
    if (mark) related.add(mark.id);
    timeline.show({ marks, lanes: [...panes, channelLane, serverLane], selected, related });
    story.show(mark ? tellStory(mark, marksNow()) : null, selected);
    const rows = shownRows(marks);
    list.show(rows, mark ? rowMark(mark) : null, withoutTabs, limit);
    empty.hidden = rows.length > 0;
    const isFiltered = builtNow().rows.length > 0;
    empty.replaceChildren(
      h("h3", {}, isFiltered ? "Nothing that the filters leave" : "Nothing has happened yet"),
      h(
        "p",
        {},
        isFiltered ? "Every event is of a tab, a kind or a text that they leave out." : hint,
      ),
    );
  }

  function schedule() {
    if (scheduled || loaded) return;
    const wait = Math.max(0, restUntil - performance.now());
    scheduled = window.setTimeout(() => {
      scheduled = 0;
      render();
    }, wait);
  }

  function save() {
    const file = formatTraceFile({ tabs: tabsNow(), recording: recordingNow() });
    const url = URL.createObjectURL(new Blob([file], { type: "application/json" }));
    h("a", { href: url, download: "tandem-trace.json" }).click();
    // The download has begun by then.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  async function load(file: File) {
    try {
      show({ ...parseTraceFile(await file.text()), name: file.name });
    } catch (error) {
      fault = `${file.name} cannot be loaded. ${error instanceof Error ? error.message : ""}`;
    }
    render();
  }

  const resized = new ResizeObserver(() => view === "Timeline" && timeline.draw());
  const undo = recorder.subscribe(schedule);
  element.append(holder);
  render();
  resized.observe(timeline.element);

  return {
    setTabs(next) {
      tabs = next;
      render();
    },
    setTheme: (theme) => holder.setAttribute("data-theme", theme),
    unmount() {
      closed = true;
      clearTimeout(scheduled);
      undo();
      resized.disconnect();
      holder.remove();
    },
  };
}

/** The row of the list that a mark belongs to. */
function rowOf(mark: Mark): string {
  if (mark.kind === "commit" || mark.kind === "message") return mark.of.key;
  return mark.kind === "change" ? mark.group.key : mark.id;
}

function rowMark(mark: Mark): string {
  const isOfChange = mark.kind === "commit" || mark.kind === "message" || mark.kind === "change";
  return isOfChange ? `commit ${rowOf(mark)}` : mark.id;
}

function waitingSince(frozen: Recording, now: Recording): number {
  return Math.max(0, now.entries.length + now.forgotten - frozen.entries.length - frozen.forgotten);
}
