import { useState } from "react";
import { paneTitle } from "#host/shared/pane-title.ts";
import { useObservable } from "#host/shared/use-observable.ts";
import type { Pane } from "./pane.ts";
import type { PaneActions } from "./pane-actions.ts";
import styles from "./pane-card.module.css";
import { PaneFailure } from "./pane-failure.tsx";
import { PaneFrame } from "./pane-frame.tsx";
import { PaneHeader } from "./pane-header.tsx";
import { PaneLoading } from "./pane-loading.tsx";
import { PaneNotice } from "./pane-notice.tsx";
import type { PanePlace } from "./pane-place.ts";
import { failureOf } from "./pane-state.ts";
import { frameUrl, type Remote } from "./remotes.ts";

export interface PaneCardProps {
  id: string;
  remote: Remote;
  pane: Pane;
  /** Of what its tab shows; null where nothing is chosen. */
  name: string | null;
  /** What its user calls it; "" is nothing. */
  label: string;
  paneOrigin: string;
  place: PanePlace;
  actions: PaneActions;
}

export function PaneCard(props: PaneCardProps) {
  const { id, remote, pane, name, label, paneOrigin, place, actions } = props;
  const state = useObservable(pane.state);
  const failure = failureOf(state);
  // One that is hidden from the start costs nothing until it is shown; from then on it stays.
  const [wasShown, setWasShown] = useState(place.shown);
  if (place.shown && !wasShown) setWasShown(true);
  const title = paneTitle(id);
  return (
    <section
      className={styles.card}
      aria-label={`Pane ${title}${label && `: ${label}`}`}
      style={{ order: place.order }}
      data-pane={id}
      data-active={place.active || undefined}
      data-strip={!place.shown || undefined}
      data-last={place.last || undefined}
    >
      <PaneHeader
        title={title}
        name={name}
        label={label}
        app={remote.title}
        state={state}
        place={place}
        actions={actions}
        onReload={pane.restart}
      />
      <div
        className={styles.body}
        hidden={!place.shown}
        aria-busy={state.phase === "loading"}
        data-failed={failure !== undefined || undefined}
      >
        {wasShown && <PaneFrame id={id} remote={remote} pane={pane} paneOrigin={paneOrigin} />}
        {state.phase === "loading" && !failure && <PaneLoading />}
        {state.phase === "hanging" && <PaneNotice title={title} />}
        {failure && (
          <PaneFailure
            title={title}
            app={remote.title}
            paneOrigin={new URL(frameUrl(paneOrigin, remote)).origin}
            failure={failure}
            onRetry={pane.restart}
          />
        )}
      </div>
    </section>
  );
}
