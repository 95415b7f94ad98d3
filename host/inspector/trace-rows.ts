import type { Decision, Path, TraceEntry } from "#sync";

type Entry<Type extends TraceEntry["type"]> = Extract<TraceEntry, { type: Type }>;

/** A trace entry and its pane. */
export interface Traced {
  readonly key: string;
  readonly pane: string;
  readonly entry: TraceEntry;
}

/** The effect of a change in one pane. */
export interface Reaction {
  readonly key: string;
  readonly pane: string;
  readonly path: Path;
  readonly touched: readonly { readonly query: string; readonly decision: Decision }[];
}

export type TraceRow =
  | {
      readonly type: "change";
      readonly key: string;
      readonly at: number;
      readonly change: Entry<"change">["change"];
      /** The pane that wrote it; `elsewhere`: a tab that is not a pane; `outside`: no tab. */
      readonly source: { readonly pane: string } | "elsewhere" | "outside";
      readonly reactions: readonly Reaction[];
    }
  | ({ readonly type: "request"; readonly key: string; readonly pane: string } & Omit<
      Entry<"request">,
      "seq"
    >)
  | ({ readonly type: "note"; readonly key: string; readonly pane: string } & Omit<
      Entry<"note">,
      "seq"
    >);

/** Merges the traces of all panes, newest first. A change is one row with the reaction of each pane. */
export function mergeTrace(traced: readonly Traced[]): TraceRow[] {
  const changes = new Map<string, Traced[]>();
  const rows: TraceRow[] = [];
  for (const { key, pane, entry } of traced) {
    if (entry.type === "change") {
      const { rev, resource, id } = entry.change;
      const name = `${rev} ${resource}/${id}`;
      changes.set(name, [...(changes.get(name) ?? []), { key, pane, entry }]);
    } else if (entry.type === "note") {
      rows.push({ ...entry, key, pane });
    }
  }
  for (const [name, entries] of changes) rows.push(...changeRow(name, entries));
  return rows.sort((a, b) => b.at - a.at);
}

function changeRow(name: string, traced: readonly Traced[]): TraceRow[] {
  const entries = traced.flatMap(({ key, pane, entry }) =>
    entry.type === "change" ? [{ key, pane, entry }] : [],
  );
  const first = entries[0];
  if (!first) return [];
  const { change } = first.entry;
  const writer = entries.find(({ entry }) => entry.path === "own");
  return [
    {
      type: "change",
      key: name,
      at: Math.min(...entries.map(({ entry }) => entry.at)),
      change,
      source: writer
        ? { pane: writer.pane }
        : change.origin === undefined
          ? "outside"
          : "elsewhere",
      reactions: entries
        .map(({ key, pane, entry: { path, touched } }) => ({ key, pane, path, touched }))
        .sort((a, b) => a.pane.localeCompare(b.pane)),
    },
  ];
}

/** The panes of a row, for the filter. */
export function panesOf(row: TraceRow): readonly string[] {
  return row.type === "change" ? row.reactions.map((reaction) => reaction.pane) : [row.pane];
}
