import type { Decision, Path, TraceEntry } from "#sync";

type Entry<Type extends TraceEntry["type"]> = Extract<TraceEntry, { type: Type }>;

/** A trace entry and the pane it came from. */
export interface Traced {
  readonly key: string;
  readonly pane: string;
  readonly entry: TraceEntry;
}

/** What one pane did about a change. */
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
      /** The pane that wrote it, `elsewhere` for a tab that is not a pane, `outside` for no tab at all. */
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

/** One list out of the traces of all panes, newest first: a change is one row with what each pane did. */
export function mergeTrace(traced: readonly Traced[]): TraceRow[] {
  const changes = new Map<string, Traced[]>();
  const rows: TraceRow[] = [];
  for (const { key, pane, entry } of traced) {
    if (entry.type === "change") {
      const { rev, resource, id } = entry.change;
      const name = `${rev} ${resource}/${id}`;
      changes.set(name, [...(changes.get(name) ?? []), { key, pane, entry }]);
    } else {
      rows.push({ ...entry, key, pane });
    }
  }
  for (const [name, heard] of changes) rows.push(...changeRow(name, heard));
  return rows.sort((a, b) => b.at - a.at);
}

function changeRow(name: string, heard: readonly Traced[]): TraceRow[] {
  const told = heard.flatMap(({ key, pane, entry }) =>
    entry.type === "change" ? [{ key, pane, entry }] : [],
  );
  const first = told[0];
  if (!first) return [];
  const { change } = first.entry;
  const writer = told.find(({ entry }) => entry.path === "own");
  return [
    {
      type: "change",
      key: name,
      at: Math.min(...told.map(({ entry }) => entry.at)),
      change,
      source: writer
        ? { pane: writer.pane }
        : change.origin === undefined
          ? "outside"
          : "elsewhere",
      reactions: told
        .map(({ key, pane, entry: { path, touched } }) => ({ key, pane, path, touched }))
        .sort((a, b) => a.pane.localeCompare(b.pane)),
    },
  ];
}

/** The panes a row speaks of, for the filter. */
export function panesOf(row: TraceRow): readonly string[] {
  return row.type === "change" ? row.reactions.map((reaction) => reaction.pane) : [row.pane];
}
