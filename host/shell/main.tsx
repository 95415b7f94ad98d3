import "#contract/no-eval.ts";
import "#ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { listenForChords } from "#contract/chords.ts";
import { readMeta } from "#contract/page-meta.ts";
import { registerPagesWorker } from "#contract/pages-worker.ts";
import { createTraceInlet } from "#host/inspector/trace-inlet.ts";
import { frameId, giveFocus } from "#host/panes/pane-focus.ts";
import { readOffer, standaloneUrl } from "#host/panes/remotes.ts";
import { createPart } from "#ui/parts/part.ts";
import { whenIdle } from "#ui/parts/when-idle.ts";
import { UiProvider } from "#ui/popup/ui-provider.tsx";
import { applyTheme, preferredTheme, shownTheme } from "#ui/theme.ts";
import { App } from "./app.tsx";
import { takeFirstStart } from "./first-start.ts";
import { keepLayout, restoreLayout } from "./kept-layout.ts";
import { listenForKeys } from "./listen-for-keys.ts";
import { openBeside } from "./open-beside.ts";
import { returnFromSignIn } from "./return-from-sign-in.ts";
import { createShell } from "./shell.ts";
import { createShellCommands } from "./shell-commands.ts";
import { createThemePreference } from "./theme-preference.ts";

applyTheme(preferredTheme());
returnFromSignIn();
const isFirstStart = location.search === "" && takeFirstStart();
restoreLayout();

const traces = createTraceInlet();
const paneOrigin = readMeta("tandem-pane-origin");
const offer = readOffer(readMeta("tandem-remotes"));
const commands = createShellCommands({
  shell: () => shell,
  theme: () => theme,
  popOut(id) {
    const plan = shell.state.get().panes.find((pane) => pane.id === id);
    const url = plan && standaloneUrl(paneOrigin, plan.remote, plan.url);
    if (url) openBeside(url);
  },
});
const shell = createShell({
  offer,
  theme: shownTheme,
  onTrace: traces.add,
  // An activation in a frame is one of the page as well.
  isUsed: (id) => navigator.userActivation.isActive && document.activeElement?.id === frameId(id),
  commands,
  isFirstStart,
  debugged: import.meta.env.DEV,
  focus: giveFocus,
});
const theme = createThemePreference(shell.setTheme);
keepLayout(shell.state, offer.remotes);
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
