import { AppWindow, Plus } from "lucide-react";
import { PaneCard } from "#host/panes/pane-card.tsx";
import { standaloneUrl } from "#host/panes/remotes.ts";
import { useObservable } from "#host/shared/use-observable.ts";
import { Button } from "#ui/button.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { openBeside } from "./open-beside.ts";
import styles from "./pane-grid.module.css";
import { isOneLine, tracksOf } from "./pane-tracks.ts";
import type { Shell } from "./shell.ts";
import { isShown, maxPanes } from "./shell-plan.ts";

export interface PaneGridProps {
  shell: Shell;
  paneOrigin: string;
  later: typeof import("./parts.ts") | null;
}

/** CSS alone places the panes, by `order`: a frame that moves in the document is loaded again, so there they stay in the order of their letters. */
export function PaneGrid({ shell, paneOrigin, later }: PaneGridProps) {
  const state = useObservable(shell.state);
  const shown = state.panes.filter((pane) => isShown(state, pane));
  const isLine = isOneLine(state, shown.length);
  const tracks: Record<string, string> = isLine ? { "--tracks": tracksOf(shown) } : {};
  const byId = state.panes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (state.panes.length === 0) {
    return (
      <main className={styles.none}>
        <EmptyState
          icon={<AppWindow />}
          title="No tabs are open"
          description="Each tab is an app of its own, with its own cache. Open two and watch them stay in step."
          action={
            <Button variant="primary" icon={<Plus />} onClick={() => shell.add()}>
              Open a tab
            </Button>
          }
        />
      </main>
    );
  }
  return (
    <main
      className={styles.grid}
      data-layout={state.layout}
      data-shown={shown.length}
      style={tracks}
    >
      {byId.map((plan) => {
        const { id } = plan;
        const pane = shell.pane(id);
        const at = state.panes.indexOf(plan);
        const isVisible = shown.includes(plan);
        const place = {
          shown: isVisible,
          active: isVisible && shown.length > 1 && state.active === id,
          alone: isVisible && state.layout === "focus",
          first: shown[0] === plan,
          last: shown.at(-1) === plan,
          // Those that are hidden come below.
          order: isVisible ? at : at + maxPanes,
          full: state.panes.length >= maxPanes,
        };
        const standalone = standaloneUrl(paneOrigin, plan.remote, plan.url);
        const actions = {
          hide: () => shell.hide(id),
          show: () => shell.show(id),
          popOut: standalone === null ? null : () => openBeside(standalone),
          close: () => shell.close(id),
          maximise: () => shell.maximise(id),
          duplicate: () => shell.duplicate(id),
          askName: () => shell.askName(id),
          move: (by: -1 | 1) => shell.move(id, by),
          moveTo: (other: string) => shell.moveTo(id, other),
        };
        return (
          pane && (
            <PaneCard
              key={id}
              id={id}
              remote={plan.remote}
              pane={pane}
              name={state.titles[id]?.name ?? null}
              label={plan.label}
              paneOrigin={paneOrigin}
              place={place}
              actions={actions}
            />
          )
        );
      })}
      {later && isLine && (
        <later.PaneSplitters
          shown={shown}
          isRow={state.layout === "side"}
          onResize={shell.resize}
        />
      )}
      <p role="status" aria-label="Order of tabs" className="visually-hidden">
        {state.moved}
      </p>
    </main>
  );
}
