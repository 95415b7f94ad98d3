import type { TabTitle } from "#contract/tab-title.ts";
import { frontWithout, isShown, type PanePlan, type ShellPlan } from "./shell-plan.ts";

export interface ShellState extends ShellPlan {
  readonly inspector: boolean;
  /** The pane that had the focus last; "" where none had it yet. */
  readonly active: string;
  /** What the tabs show, by pane. */
  readonly titles: Readonly<Record<string, TabTitle>>;
  /** The versions that tabs should be loaded anew for, by pane. */
  readonly outdated: Readonly<Record<string, string | null>>;
  /** Versions that the user has put off. */
  readonly later: readonly string[];
  /** Panes that were closed, the last one at the end. */
  readonly closed: readonly ClosedPane[];
  /** The pane whose name is asked for; "" where none is. */
  readonly renaming: string;
  /** Where a pane was moved to, to be announced. */
  readonly moved: string;
}

export interface ClosedPane {
  readonly plan: PanePlan;
  /** Its place among the others. */
  readonly at: number;
}

/** How many closed panes can be opened again. */
const maxClosed = 10;

export const beforeUse = {
  inspector: false,
  active: "",
  titles: {},
  outdated: {},
  later: [],
  closed: [],
  renaming: "",
  moved: "",
} satisfies Omit<ShellState, keyof ShellPlan>;

/** The pane that was used last, or else the first that is shown; "" where none is. */
export function activePane(state: ShellState): string {
  const shown = state.panes.filter((plan) => isShown(state, plan));
  return (shown.find(({ id }) => id === state.active) ?? shown[0])?.id ?? "";
}

/** What the shell's document is called: what the pane shows that was used last, and the most that is unread in any. */
export function shellTitle(state: ShellState): TabTitle {
  const { name = null } = state.titles[activePane(state)] ?? {};
  return { name, unread: Math.max(0, ...Object.values(state.titles).map(({ unread }) => unread)) };
}

/** The version to reload for, of which the user does not know yet. */
export function versionToOffer({ outdated, later }: ShellState): string | null {
  return Object.values(outdated).find((each) => each !== null && !later.includes(each)) ?? null;
}

/** What closing a pane changes. Null where there is none of this id. */
export function withoutPane(state: ShellState, id: string): Partial<ShellState> | null {
  const at = state.panes.findIndex((pane) => pane.id === id);
  const gone = state.panes[at];
  if (!gone) return null;
  const { [id]: _, ...titles } = state.titles;
  return {
    panes: state.panes.filter((pane) => pane !== gone),
    front: frontWithout(state, id),
    titles,
    outdated: { ...state.outdated, [id]: null },
    closed: [...state.closed, { plan: gone, at }].slice(-maxClosed),
  };
}
