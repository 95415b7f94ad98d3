import { titleOfDocument } from "#contract/tab-title.ts";
import { Inspector } from "#host/inspector/inspector.tsx";
import type { TraceLog } from "#host/inspector/trace-log.ts";
import { useObservable } from "#host/shared/use-observable.ts";
import { UpdateNotice } from "#ui/update-notice.tsx";
import styles from "./app.module.css";
import { PaneGrid } from "./pane-grid.tsx";
import { type Shell, shellTitle, versionToOffer } from "./shell.ts";
import type { ThemePreference } from "./theme-preference.ts";
import { TopBar } from "./top-bar.tsx";

export interface AppProps {
  shell: Shell;
  traces: TraceLog;
  theme: ThemePreference;
  paneOrigin: string;
}

export function App({ shell, traces, theme, paneOrigin }: AppProps) {
  const state = useObservable(shell.state);
  const { inspector, panes } = state;
  return (
    <div className={styles.shell}>
      <title>{titleOfDocument(shellTitle(state))}</title>
      <div>
        <TopBar shell={shell} theme={theme} />
        {versionToOffer(state) !== null && <UpdateNotice onLater={shell.updateLater} />}
      </div>
      <div className={styles.work}>
        <PaneGrid shell={shell} paneOrigin={paneOrigin} />
        {inspector && (
          <Inspector
            traces={traces}
            panes={panes.map((pane) => pane.id)}
            onClose={() => shell.setInspector(false)}
          />
        )}
      </div>
    </div>
  );
}
