import { formatQuery, formatSize } from "../format-trace.ts";
import type { Recording } from "../recorder.ts";
import type { QueryReport } from "../trace-schema.ts";
import { createKeyedList, h } from "./dom.ts";

/** Each query of each tab: how far it reflects the server, its marks, its size. */
export function createQueriesView() {
  const body = h("tbody");
  const show = createKeyedList(body);
  const table = h(
    "table",
    {},
    h("caption", {}, "What each tab holds. The size is that of its JSON."),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        ...["Query", "Tab"].map((name) => h("th", { scope: "col" }, name)),
        h("th", { scope: "col", class: "number" }, "As of"),
        h("th", { scope: "col" }, "Marks"),
        ...["Pages", "Size"].map((name) => h("th", { scope: "col", class: "number" }, name)),
      ),
    ),
    body,
  );
  // It scrolls, and so must be reached by keyboard.
  const element = h(
    "div",
    { class: "scroll", tabindex: 0, role: "group", "aria-label": "Queries" },
    table,
  );

  return {
    element,
    show({ queries }: Recording, tabs: readonly string[]) {
      show(
        tabs.flatMap((tab) =>
          (queries.get(tab)?.queries ?? []).map((report) => ({
            key: `${tab} ${report.query}`,
            signature: JSON.stringify(report),
            render: () => renderRow(tab, report),
          })),
        ),
      );
    },
  };
}

function renderRow(tab: string, report: QueryReport): HTMLElement {
  const { query, rev, pages, size } = report;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, h("code", {}, formatQuery(query))),
    h("td", {}, tab),
    h("td", { class: "number" }, rev === null ? "no revision" : `rev ${rev}`),
    h("td", {}, ...marksOf(report).flatMap(([tone, text]) => [badge(tone, text), " "])),
    h("td", { class: "number" }, String(pages)),
    h("td", { class: "number" }, formatSize(size)),
  );
}

function marksOf(report: QueryReport): [tone: string, text: string][] {
  const { isStale, isReading, hasFailed, isInView, observers, pages } = report;
  const marks: [string, string][] = [];
  if (hasFailed) marks.push(["red", "failed"]);
  if (isReading) marks.push(["blue", "pending"]);
  if (isStale) marks.push(["amber", isInView ? "stale" : "stale, waits for view"]);
  if (observers === 0) marks.push(["", "not mounted"]);
  if (marks.length === 0 && pages === 0) marks.push(["", "nothing read"]);
  if (marks.length === 0) marks.push(["green", "up to date"]);
  return marks;
}

function badge(tone: string, text: string): HTMLElement {
  return h("span", { class: `badge ${tone}` }, text);
}
