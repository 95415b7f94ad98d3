import "#contract/no-eval.ts";
import "#ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { listenForChords } from "#contract/chords.ts";
import { applyTheme, preferredTheme, shownTheme } from "#ui/theme.ts";
import { UiProvider } from "#ui/ui-provider.tsx";
import { readMeta } from "../meta.ts";
import { App } from "./app.tsx";
import { frameId } from "./pane-frame.tsx";
import { remotes } from "./remotes.ts";
import { createShell } from "./shell.ts";
import { createThemePreference } from "./theme-preference.ts";
import { createTraceLog } from "./trace-log.ts";

applyTheme(preferredTheme());

const traces = createTraceLog();
const shell = createShell({
  remotes,
  theme: shownTheme,
  onTrace: traces.add,
  // After the next paint, when a pane that was hidden can take the focus.
  focus: (id) => requestAnimationFrame(() => document.getElementById(frameId(id))?.focus()),
});
const theme = createThemePreference(shell.setTheme);
listenForChords(window, shell.onChord);

const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root");
createRoot(root).render(
  <StrictMode>
    <UiProvider>
      <App
        shell={shell}
        traces={traces}
        theme={theme}
        paneOrigin={readMeta("tandem-pane-origin")}
      />
    </UiProvider>
  </StrictMode>,
);
