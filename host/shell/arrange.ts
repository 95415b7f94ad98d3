import { isShown, type PanePlan, type ShellPlan } from "./shell-plan.ts";

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
