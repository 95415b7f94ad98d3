import { useEffect, useState } from "react";
import { titleOfDocument } from "#contract/tab-title.ts";
import type { TraceInlet } from "#host/inspector/trace-inlet.ts";
import { paneTitle } from "#host/shared/pane-title.ts";
import { useObservable } from "#host/shared/use-observable.ts";
import type { Part } from "#ui/parts/part.ts";
import { usePart } from "#ui/parts/use-part.ts";
import { UpdateNotice } from "#ui/update-notice.tsx";
import styles from "./app.module.css";
import { PaneGrid } from "./pane-grid.tsx";
import type { Shell } from "./shell.ts";
import { shellTitle, versionToOffer } from "./shell-state.ts";
import type { ThemePreference } from "./theme-preference.ts";
import { TopBar } from "./top-bar.tsx";
import { useFocusGuard } from "./use-focus-guard.ts";
import { useKeptFocus } from "./use-kept-focus.ts";
import { useOfferToReopen } from "./use-offer-to-reopen.ts";

export interface AppProps {
  parts: Part<typeof import("./parts.ts")>;
  shell: Shell;
  traces: TraceInlet;
  theme: ThemePreference;
  paneOrigin: string;
}

export function App({ parts, shell, traces, theme, paneOrigin }: AppProps) {
  const state = useObservable(shell.state);
  const { inspector, panes } = state;
  const later = usePart(parts);
  const [isTrying, setTrying] = useState(false);
  const renamed = panes.find(({ id }) => id === state.renaming);
  useKeptFocus();
  useFocusGuard(shell);
  useOfferToReopen(state.closed, shell.reopen);
  useEffect(() => {
    if (renamed || inspector || isTrying) parts.request();
  }, [renamed, inspector, isTrying, parts]);
  return (
    <div className={styles.shell}>
      <title>{titleOfDocument(shellTitle(state))}</title>
      <div>
        <TopBar shell={shell} theme={theme} onTry={() => setTrying(true)} />
        {versionToOffer(state) !== null && <UpdateNotice onLater={shell.updateLater} />}
      </div>
      <div className={styles.work}>
        <PaneGrid shell={shell} paneOrigin={paneOrigin} later={later} />
        {later && inspector && (
          <later.Inspector
            traces={traces}
            panes={panes.map((pane) => pane.id)}
            onClose={() => shell.setInspector(false)}
          />
        )}
      </div>
      {later && isTrying && (
        <later.TryItDialog
          panes={panes.map(({ id }) => id)}
          onTry={(id, trial) => shell.pane(id)?.tryOut(trial)}
          onClose={() => setTrying(false)}
        />
      )}
      {later && renamed && (
        <later.RenamePane
          key={renamed.id}
          title={paneTitle(renamed.id)}
          label={renamed.label}
          onDone={(label) => shell.rename(renamed.id, label)}
        />
      )}
    </div>
  );
}
