import type { Tab } from "../tab/tab.ts";
import type { OracleContext } from "./context.ts";
import { createConverged } from "./converged.ts";

/** Milliseconds that a tab in view may be wrong and say that it is up to date. */
const within = 30_000;

/** Claim "honest": 30 s after a fault a tab in view is right, or does not say that it is live. */
export function createHonest(context: OracleContext) {
  const { clock, fail } = context;
  const converged = createConverged({ ...context, fail: (_, text) => fail("honest", text) });
  const inViewSince = new Map<Tab, number>();
  let disturbed = clock.now();

  return {
    /** A fault, a commit, or anything else after which tabs need their time. */
    disturbed() {
      disturbed = clock.now();
    },
    /** Is called every second, with the tabs that the user can see. */
    look(inView: readonly Tab[]) {
      for (const tab of [...inViewSince.keys()]) if (!inView.includes(tab)) inViewSince.delete(tab);
      for (const tab of inView) {
        const since = inViewSince.get(tab) ?? clock.now();
        inViewSince.set(tab, since);
        if (clock.now() - Math.max(since, disturbed) < within) continue;
        if (!tab.isOpen || tab.open.sync.status !== "live") continue;
        // A panel that failed to load says so itself.
        for (const query of tab.open.queryClient.getQueryCache().findAll({ type: "active" }))
          if (query.state.status !== "error") converged.check(tab, query, "30 s after a fault");
      }
    },
  };
}
