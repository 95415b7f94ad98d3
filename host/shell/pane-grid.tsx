import { AppWindow, Plus } from "lucide-react";
import { PaneCard } from "#host/panes/pane-card.tsx";
import { useObservable } from "#host/shared/use-observable.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import styles from "./pane-grid.module.css";
import type { Shell } from "./shell.ts";
import { isShown } from "./shell-plan.ts";

/** CSS alone places the panes: a frame that moves in the document is loaded again. */
export function PaneGrid({ shell, paneOrigin }: { shell: Shell; paneOrigin: string }) {
  const state = useObservable(shell.state);
  const shown = state.panes.filter((pane) => isShown(state, pane));
  if (state.panes.length === 0) {
    return (
      <main className={styles.none}>
        <EmptyState
          icon={<AppWindow />}
          title="No tabs are open"
          description="Each tab is an app of its own, with its own cache. Open two and watch them stay in step."
          action={
            <Button variant="primary" icon={<Plus />} onClick={shell.add}>
              Open a tab
            </Button>
          }
        />
      </main>
    );
  }
  return (
    <main className={styles.grid} data-layout={state.layout} data-shown={shown.length}>
      {state.panes.map((plan) => {
        const pane = shell.pane(plan.id);
        return (
          pane && (
            <PaneCard
              key={plan.id}
              id={plan.id}
              remote={plan.remote}
              pane={pane}
              url={plan.url}
              name={state.titles[plan.id]?.name ?? null}
              paneOrigin={paneOrigin}
              shown={shown.includes(plan)}
              last={shown.at(-1) === plan}
              onHide={() => shell.hide(plan.id)}
              onShow={() => shell.show(plan.id)}
              onClose={() => shell.close(plan.id)}
            />
          )
        );
      })}
    </main>
  );
}
