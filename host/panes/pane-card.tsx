import type { TabUrl } from "#contract/pane.ts";
import { paneTitle } from "#host/shared/pane-title.ts";
import { useObservable } from "#host/shared/use-observable.ts";
import type { Pane } from "./pane.ts";
import styles from "./pane-card.module.css";
import { PaneFailure } from "./pane-failure.tsx";
import { PaneFrame } from "./pane-frame.tsx";
import { PaneHeader } from "./pane-header.tsx";
import { PaneLoading } from "./pane-loading.tsx";
import { PaneNotice } from "./pane-notice.tsx";
import { failureOf } from "./pane-state.ts";
import { popOut } from "./pop-out.ts";
import type { Remote } from "./remotes.ts";

export interface PaneCardProps {
  id: string;
  remote: Remote;
  pane: Pane;
  url: TabUrl;
  /** Of what its tab shows; null where nothing is chosen. */
  name: string | null;
  paneOrigin: string;
  shown: boolean;
  /** The last one that is shown. */
  last: boolean;
  onHide: () => void;
  onShow: () => void;
  onClose: () => void;
}

export function PaneCard(props: PaneCardProps) {
  const { id, remote, pane, url, name, paneOrigin, shown, last, onHide, onShow, onClose } = props;
  const state = useObservable(pane.state);
  const failure = failureOf(state);
  const title = paneTitle(id);
  return (
    <section
      className={styles.card}
      aria-label={`Pane ${title}`}
      data-strip={!shown || undefined}
      data-last={last || undefined}
    >
      <PaneHeader
        title={title}
        name={name}
        app={remote.title}
        state={state}
        shown={shown}
        onHide={onHide}
        onShow={onShow}
        onReload={pane.restart}
        onPopOut={() => popOut(paneOrigin, url)}
        onClose={onClose}
      />
      <div
        className={styles.body}
        hidden={!shown}
        aria-busy={state.phase === "loading"}
        data-failed={failure !== undefined || undefined}
      >
        <PaneFrame id={id} remote={remote} pane={pane} paneOrigin={paneOrigin} />
        {state.phase === "loading" && !failure && <PaneLoading />}
        {state.phase === "hanging" && <PaneNotice title={title} />}
        {failure && (
          <PaneFailure
            title={title}
            app={remote.title}
            paneOrigin={paneOrigin}
            failure={failure}
            onRetry={pane.restart}
          />
        )}
      </div>
    </section>
  );
}
