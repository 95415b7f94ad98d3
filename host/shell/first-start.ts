import type { ShellPlan } from "./shell-plan.ts";

const storageKey = "tandem-started";

/** Whether the shell was never opened in this browser; false where storage is forbidden. It counts as opened from now on. */
export function takeFirstStart(): boolean {
  try {
    if (localStorage.getItem(storageKey) !== null) return false;
    localStorage.setItem(storageKey, "1");
    return true;
  } catch {
    return false;
  }
}

/** Two tabs on one account, and in the first a prompt that says what to try. */
export function firstPlan(plan: ShellPlan): ShellPlan {
  const [, second] = plan.panes;
  const panes = plan.panes.map((pane, at) => {
    const url = `/?first=${at === 0 && second ? second.id : ""}`;
    return { ...pane, url };
  });
  return { ...plan, panes };
}
