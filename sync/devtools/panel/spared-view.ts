import { formatClock, formatCount } from "../format-trace.ts";
import type { Recording } from "../recorder.ts";
import { countSpared, type Spared } from "../spared.ts";
import { h } from "./dom.ts";

const ways = [
  { name: "Made", key: "made" },
  { name: "Selective, textbook", key: "textbook" },
  { name: "Invalidate everything", key: "everything" },
] as const;

/** What was read, against the two usual ways replayed on the same changes. */
export function createSparedView() {
  const element = h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": "Spared" });
  let shown = "";

  return {
    element,
    show(recording: Recording) {
      const { since, tabs, total } = countSpared(recording);
      const signature = JSON.stringify([since, tabs]);
      if (signature === shown) return;
      shown = signature;
      if (since === null) {
        element.replaceChildren(
          h(
            "div",
            { class: "empty" },
            h("h3", {}, "No change to count yet"),
            h(
              "p",
              {},
              "Change something in a tab while this panel is open. Here you see what was read for it, and what was not.",
            ),
          ),
        );
        return;
      }
      const most = Math.max(1, total.everything, total.textbook, total.made);
      element.replaceChildren(
        h(
          "table",
          {},
          h(
            "caption",
            {},
            `Requests that ${formatCount(total.changes, "change")} led to since ${formatClock(since)}, a change counted in each tab that it reached.`,
          ),
          header(["Way", "Requests", ""]),
          h(
            "tbody",
            {},
            ...ways.map(({ name, key }) =>
              h(
                "tr",
                {},
                h("th", { scope: "row" }, name),
                number(total[key]),
                h("td", {}, bar(total[key] / most, key === "made")),
              ),
            ),
          ),
        ),
        h("p", { class: "empty" }, sparedWords(total)),
        h(
          "table",
          {},
          h("caption", {}, "The same by tab."),
          header(["Tab", "Changes", ...ways.map(({ name }) => name)]),
          h(
            "tbody",
            {},
            ...tabs.map((each) =>
              h(
                "tr",
                {},
                h("th", { scope: "row" }, each.tab),
                number(each.changes),
                ...ways.map(({ key }) => number(each[key])),
              ),
            ),
          ),
        ),
        h(
          "p",
          { class: "empty" },
          "Textbook reads each mounted query that a change touches, in view or not, page by page; everything reads all that is mounted. Both read after each change. Writes, first loads and “load more” are the same in every way and are not counted.",
        ),
      );
    },
  };
}

function sparedWords({ made, textbook, everything }: Omit<Spared, "tab">): string {
  const less = (than: number) => formatCount(Math.max(0, than - made), "request");
  return `Spared: ${less(textbook)} against the textbook, ${less(everything)} against invalidating everything.`;
}

function header(names: readonly string[]): HTMLElement {
  const cells = names.map((name, at) =>
    name === "" ? h("td", {}) : h("th", { scope: "col", class: at > 0 ? "number" : null }, name),
  );
  return h("thead", {}, h("tr", {}, ...cells));
}

function number(value: number): HTMLElement {
  return h("td", { class: "number" }, String(value));
}

function bar(share: number, isOurs: boolean): HTMLElement {
  const element = h("span", { class: isOurs ? "bar ours" : "bar" });
  element.style.width = `${share * 100}%`;
  return element;
}
