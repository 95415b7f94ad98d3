import "#contract/no-eval.ts";
import "#ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { listenForChords } from "#contract/chords.ts";
import { readMeta } from "#contract/page-meta.ts";
import { registerPagesWorker } from "#contract/pages-worker.ts";
import { createTraceLog } from "#host/inspector/trace-log.ts";
import { frameId } from "#host/panes/pane-frame.tsx";
import { popOut } from "#host/panes/pop-out.ts";
import { remotes } from "#host/panes/remotes.ts";
import { createPart } from "#ui/parts/part.ts";
import { whenIdle } from "#ui/parts/when-idle.ts";
import { UiProvider } from "#ui/popup/ui-provider.tsx";
import { applyTheme, preferredTheme, shownTheme } from "#ui/theme.ts";
import { App } from "./app.tsx";
import { takeFirstStart } from "./first-start.ts";
import { keepLayout, restoreLayout } from "./kept-layout.ts";
import { listenForKeys } from "./listen-for-keys.ts";
import { returnFromSignIn } from "./return-from-sign-in.ts";
import { createShell } from "./shell.ts";
import { createShellCommands } from "./shell-commands.ts";
import { createThemePreference } from "./theme-preference.ts";

applyTheme(preferredTheme());
returnFromSignIn();
const isFirstStart = location.search === "" && takeFirstStart();
restoreLayout();

const traces = createTraceLog();
const paneOrigin = readMeta("tandem-pane-origin");
const commands = createShellCommands({
  shell: () => shell,
  theme: () => theme,
  popOut(id) {
    const plan = shell.state.get().panes.find((pane) => pane.id === id);
    if (plan) popOut(paneOrigin, plan.url);
  },
});
const shell = createShell({
  remotes,
  theme: shownTheme,
  onTrace: traces.add,
  commands,
  isFirstStart,
  debugged: import.meta.env.DEV,
  // After the next frame: a pane that was hidden cannot take the focus before.
  focus: (id) => requestAnimationFrame(() => document.getElementById(frameId(id))?.focus()),
});
const theme = createThemePreference(shell.setTheme);
keepLayout(shell.state, remotes);
listenForChords(window, shell.onChord);
listenForKeys(window, shell);

const parts = createPart(() => import("./parts.ts"));

const root = document.getElementById("root");
if (!root) throw new Error("The page has no #root");
createRoot(root).render(
  <StrictMode>
    <UiProvider part={parts}>
      <App parts={parts} shell={shell} traces={traces} theme={theme} paneOrigin={paneOrigin} />
    </UiProvider>
  </StrictMode>,
);
whenIdle(registerPagesWorker);
