import type { Remotes } from "#host/panes/remotes.ts";
import type { Observable } from "#host/shared/observable.ts";
import type { ShellPlan } from "./shell-plan.ts";
import { formatShellUrl } from "./shell-url.ts";

const storageKey = "tandem-layout";

type Page = Pick<Window, "location" | "history" | "localStorage">;

/** A visit without a query begins with the layout of the last one. */
export function restoreLayout(page: Page = window): void {
  try {
    const kept = page.localStorage.getItem(storageKey);
    if (page.location.search === "" && kept) page.history.replaceState(null, "", `/${kept}`);
  } catch {
    // Storage is blocked: the shell begins anew.
  }
}

/** Keeps the layout for the next visit, from now on. */
export function keepLayout(
  state: Observable<ShellPlan>,
  remotes: Remotes,
  page: Page = window,
): () => void {
  return state.subscribe(() => {
    const plan = state.get();
    // A shell whose tabs were all closed is not what a visit should begin with.
    if (plan.panes.length === 0) return;
    try {
      page.localStorage.setItem(storageKey, formatShellUrl(withoutPlaces(plan), remotes));
    } catch {
      // Storage is blocked: it lasts as long as the URL.
    }
  });
}

/** Without what a person looked at, filtered by or typed: this outlives their session. */
function withoutPlaces(plan: ShellPlan): ShellPlan {
  return { ...plan, panes: plan.panes.map((pane) => ({ ...pane, url: "/", label: "" })) };
}
