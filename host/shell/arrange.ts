import {
  isShown,
  type Layout,
  type PanePlan,
  patchPane,
  type ShellPlan,
  sizeOf,
} from "./shell-plan.ts";

/** The panes, with this one at the place of the other, and those between moved up. */
export function movePane(panes: readonly PanePlan[], id: string, to: string): readonly PanePlan[] {
  const moved = panes.find((pane) => pane.id === id);
  const at = panes.findIndex((pane) => pane.id === to);
  if (!moved || at < 0 || id === to) return panes;
  return insertPane(
    panes.filter((pane) => pane !== moved),
    moved,
    at,
  );
}

export function insertPane(panes: readonly PanePlan[], pane: PanePlan, at: number): PanePlan[] {
  return panes.toSpliced(at, 0, pane);
}

/** The pane that is shown before (-1) or after (1) this one. */
export function neighbour(plan: ShellPlan, id: string, by: -1 | 1): PanePlan | undefined {
  const shown = plan.panes.filter((pane) => isShown(plan, pane));
  const at = shown.findIndex((pane) => pane.id === id);
  return at < 0 ? undefined : shown[at + by];
}

/** Divides what two panes have between them: the first gets `share` of it, in percent. */
export function sharePanes(
  panes: readonly PanePlan[],
  id: string,
  other: string,
  share: number,
): readonly PanePlan[] {
  const [a, b] = [id, other].map((each) => panes.find((pane) => pane.id === each));
  if (!a || !b) return panes;
  const both = a.size + b.size;
  const size = sizeOf((both * share) / 100);
  const rest = sizeOf(both - size);
  return panes.map((pane) =>
    pane === a ? { ...a, size } : pane === b ? { ...b, size: rest } : pane,
  );
}

/** The layout before one pane was shown alone is remembered. */
export function withLayout(layout: Layout): Partial<ShellPlan> {
  return { layout, ...(layout !== "focus" && { from: layout }) };
}

/** This pane alone, or all again where it is shown alone. */
export function maximised(plan: ShellPlan, id: string): Partial<ShellPlan> {
  const isAlone = plan.layout === "focus" && plan.front === id;
  if (isAlone) return withLayout(plan.from);
  return { panes: patchPane(plan, id, { hidden: false }), layout: "focus", front: id };
}
