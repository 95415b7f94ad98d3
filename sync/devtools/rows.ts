import type { TraceEntry } from "../core/trace.ts";
import { type ChangeGroup, groupChanges, isWrite, type MarkKind } from "./marks.ts";
import type { Recorded } from "./recorder.ts";

interface Head {
  readonly key: string;
  readonly at: number;
  /** The tabs that it concerns, for the filter. */
  readonly tabs: readonly string[];
  readonly kind: MarkKind;
  /** The mark that tells its story. */
  readonly mark: string;
}

/** One line of the list: the picture's accessible form. A change is one row, with what each tab did about it. */
export type Row = Head &
  (
    | { readonly type: "change"; readonly group: ChangeGroup }
    | { readonly type: "entry"; readonly entry: Exclude<TraceEntry, { type: "change" }> }
  );

/** Newest first. */
export function buildRows(entries: readonly Recorded[]): Row[] {
  const rows = groupChanges(entries).map(
    (group): Row => ({
      type: "change",
      kind: "change",
      key: group.key,
      mark: `commit ${group.key}`,
      at: group.at,
      tabs: group.entries.map(({ tab }) => tab),
      group,
    }),
  );
  for (const each of entries) {
    const { key, tab, entry } = each;
    if (entry.type === "change") continue;
    const kind =
      entry.type === "request" ? (isWrite({ ...each, entry }) ? "write" : "read") : entry.type;
    rows.push({ type: "entry", kind, key, mark: key, at: entry.at, tabs: [tab], entry });
  }
  return rows.sort((a, b) => b.at - a.at);
}
