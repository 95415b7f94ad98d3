import type { Pane } from "./pane.ts";
import styles from "./pane-card.module.css";
import { PaneFailure } from "./pane-failure.tsx";
import { PaneFrame } from "./pane-frame.tsx";
import { PaneHeader } from "./pane-header.tsx";
import { PaneLoading } from "./pane-loading.tsx";
import { PaneNotice } from "./pane-notice.tsx";
import type { PanePlan } from "./shell-url.ts";
import { titleOf } from "./title-of.ts";
import { useStore } from "./use-store.ts";

export interface PaneCardProps {
  plan: PanePlan;
  pane: Pane;
  paneOrigin: string;
  shown: boolean;
  /** The last of those that are shown. */
  last: boolean;
  onHide: () => void;
  onShow: () => void;
  onClose: () => void;
}

export function PaneCard(props: PaneCardProps) {
  const { plan, pane, paneOrigin, shown, last, onHide, onShow, onClose } = props;
  const state = useStore(pane.state);
  const title = titleOf(plan.id);
  return (
    <section
      className={styles.card}
      aria-label={`Pane ${title}`}
      data-strip={!shown || undefined}
      data-last={last || undefined}
    >
      <PaneHeader
        title={title}
        app={plan.remote.title}
        state={state}
        shown={shown}
        onHide={onHide}
        onShow={onShow}
        onReload={pane.restart}
        onPopOut={() => window.open(`${paneOrigin}${plan.place}`, "_blank", "noopener")}
        onClose={onClose}
      />
      <div
        className={styles.body}
        hidden={!shown}
        aria-busy={state.phase === "loading"}
        data-phase={state.phase}
      >
        <PaneFrame id={plan.id} remote={plan.remote} pane={pane} paneOrigin={paneOrigin} />
        {state.phase === "loading" && <PaneLoading />}
        {state.phase === "hanging" && <PaneNotice title={title} />}
        {state.phase === "failed" && (
          <PaneFailure
            title={title}
            app={plan.remote.title}
            paneOrigin={paneOrigin}
            failure={state}
            onRetry={pane.restart}
          />
        )}
      </div>
    </section>
  );
}
