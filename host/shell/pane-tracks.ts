import type { PanePlan, ShellPlan } from "./shell-plan.ts";

/** Whether the panes that are shown are one row or one column, whose shares can be changed. */
export function isOneLine({ layout }: Pick<ShellPlan, "layout">, shown: number): boolean {
  return layout === "side" ? shown === 2 || shown === 3 : layout === "stacked" && shown === 2;
}

/** The columns, or rows, of panes in one line, for `grid-template`. */
export function tracksOf(shown: readonly Pick<PanePlan, "size">[]): string {
  return shown.map(({ size }) => `minmax(0, ${size}fr)`).join(" ");
}
