import { formatCause, formatChange, formatClock, formatQuery } from "../format-trace.ts";
import type { Row } from "../rows.ts";
import type { Decision } from "../trace-schema.ts";
import { createKeyedList, focusedIn, h } from "./dom.ts";
import { legendGlyph } from "./glyph.ts";
import type { Look } from "./lay-out.ts";

export interface TraceListOptions {
  /** The mark whose story is to be told. */
  readonly onSelect: (mark: string) => void;
  readonly onMore: () => void;
}

type ChangeRow = Extract<Row, { type: "change" }>;
type Reaction = ChangeRow["group"]["entries"][number];

/** The events as a list, newest first: the picture for keyboard and screen reader. Up and Down go from row to row. */
export function createTraceList({ onSelect, onMore }: TraceListOptions) {
  const list = h("ol", {
    class: "rows",
    "aria-label": "Trace, newest first",
    onKeydown: onKey,
  });
  const more = h(
    "button",
    { type: "button", class: "more", hidden: true, onClick: onMore },
    "Show older",
  );
  const show = createKeyedList(list);

  function onKey(event: KeyboardEvent) {
    const buttons = [...list.querySelectorAll<HTMLButtonElement>("button.what")];
    const at = buttons.indexOf(focusedIn(list) as HTMLButtonElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[
      event.key
    ];
    const button = next === undefined ? undefined : buttons[next];
    if (!button) return;
    event.preventDefault();
    rove(button);
    button.focus();
  }

  /** One of them is in the order of the Tab key. */
  function rove(current?: Element | null) {
    const buttons = [...list.querySelectorAll<HTMLButtonElement>("button.what")];
    const kept = current ?? buttons.find((each) => each.tabIndex === 0) ?? buttons[0];
    for (const each of buttons) each.tabIndex = each === kept ? 0 : -1;
  }

  return {
    elements: [list, more],
    show(
      rows: readonly Row[],
      selected: string | null,
      without: ReadonlySet<string>,
      limit: number,
    ) {
      const shown = rows.slice(0, limit);
      const filtered = [...without].join("\n");
      show(
        shown.map((row) => ({
          key: row.key,
          signature: `${signatureOf(row)} ${row.mark === selected} ${filtered}`,
          render: () => renderRow(row, row.mark === selected, without, onSelect),
        })),
      );
      more.hidden = rows.length <= limit;
      list.hidden = rows.length === 0;
      rove(list.contains(focusedIn(list)) ? focusedIn(list) : null);
    },
  };
}

function signatureOf(row: Row): string {
  if (row.type === "change") return row.group.entries.map(({ key }) => key).join(" ");
  return row.entry.type === "request" ? row.entry.state : "";
}

function renderRow(
  row: Row,
  isSelected: boolean,
  without: ReadonlySet<string>,
  onSelect: (mark: string) => void,
): HTMLElement {
  const button = (...children: Parameters<typeof h>[2][]) =>
    h(
      "button",
      { type: "button", class: "what", tabindex: -1, onClick: () => onSelect(row.mark) },
      ...children,
    );
  const line = (look: Look, ...what: Parameters<typeof h>[2][]) => [
    legendGlyph(look),
    h("div", {}, button(...what)),
    h("time", {}, formatClock(row.at)),
  ];
  const item = h("li", { class: "row", "aria-current": isSelected ? "true" : null });
  if (row.type === "change") {
    const { change, entries } = row.group;
    const [subject = "", verb = ""] = formatChange(change).split(/ (?=\w+$)/);
    item.append(
      ...line(
        "commit",
        h("strong", {}, subject),
        ` ${verb} ${sourceOf(row.group)} `,
        h("span", { class: "quiet" }, change.rev > 0 ? `rev ${change.rev}` : "no revision"),
      ),
      h(
        "dl",
        {},
        ...entries
          .filter(({ tab }) => !without.has(tab))
          .sort((a, b) => a.tab.localeCompare(b.tab))
          .map(renderReaction),
      ),
    );
    return item;
  }
  const { entry } = row;
  const tab = h("strong", {}, row.tabs[0] ?? "");
  if (entry.type === "note") item.append(...line("note", tab, ` ${formatCause(entry.text)}`));
  if (entry.type === "shown") item.append(...line("shown", tab, " painted what it was given"));
  if (entry.type !== "request") return item;
  item.append(
    ...line(
      row.kind === "write" ? "write" : "read",
      tab,
      " request ",
      h("code", {}, formatQuery(entry.target)),
      " ",
      entry.state === "pending" && badge("blue", "pending"),
      entry.state === "failed" && badge("red", "failed"),
      entry.ms !== undefined && h("span", { class: "quiet" }, `${Math.round(entry.ms)} ms`),
    ),
    h("p", { class: "why" }, formatCause(entry.cause)),
  );
  return item;
}

function renderReaction({ tab, entry: { path, touched } }: Reaction): HTMLElement {
  return h(
    "div",
    { class: "reaction" },
    h("dt", {}, `${tab} `, h("span", {}, pathWords[path])),
    ...(touched.length === 0 ? [h("dd", { class: "quiet" }, "holds nothing it touches")] : []),
    ...touched.map(({ query, decision }) =>
      h("dd", {}, badge(tones[decision], decision), h("code", {}, formatQuery(query))),
    ),
  );
}

function badge(tone: string, text: string): HTMLElement {
  return h("span", { class: `badge ${tone}` }, text);
}

const tones: Record<Decision, string> = {
  patched: "green",
  "read now": "blue",
  "read after this one": "blue",
  "waits for view": "amber",
  "nothing to do": "",
};

const pathWords = {
  own: "wrote it",
  channel: "heard it on the channel",
  stream: "heard it on the change stream",
  "catch-up": "caught up",
} as const;

function sourceOf({ own, change }: ChangeRow["group"]): string {
  if (own) return `in ${own.tab}`;
  return change.origin === undefined ? "from outside" : "in another tab";
}
