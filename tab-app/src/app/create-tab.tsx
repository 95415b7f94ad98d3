import {
  focusManager,
  notifyManager,
  type QueryClient,
  QueryClientProvider,
} from "@tanstack/react-query";
import { StrictMode, useEffect } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import type { ShellDoor } from "#contract/mount.ts";
import { readMeta } from "#contract/page-meta.ts";
import type { TabTitle } from "#contract/tab-title.ts";
import { DataContext } from "#data/hooks/use-data.ts";
import { isPending } from "#data/outbox/outbox.ts";
import { createBuildWatch } from "#data/server/build-watch.ts";
import { followSession } from "#data/session/follow-session.ts";
import type { OpenSession } from "#data/session/open-session.ts";
import { createSessionStore } from "#data/session/session.ts";
import { createIndexedDbStore } from "#data/storage/indexed-db-store.ts";
import { claimTabName } from "#data/tabs/claim-tab-name.ts";
import { SignedOut } from "#features/session/signed-out.tsx";
import { type Commands, createCommands } from "#shared/commands/commands.ts";
import { CommandsContext } from "#shared/commands/use-command.ts";
import { LinkContext } from "#shared/links/link-to.ts";
import {
  connectFocusManager,
  connectPageVisibility,
  connectSentinel,
  createTrace,
  createVisibility,
  type Sync,
  type Visibility,
} from "#sync";
import { SyncProvider } from "#sync/react";
import { createPart, type Part } from "#ui/parts/part.ts";
import { UiProvider } from "#ui/popup/ui-provider.tsx";
import { App } from "./app.tsx";
import { LaterParts } from "./later-parts.tsx";
import { createLinkTo } from "./link.ts";
import { createLocation, type Location, LocationContext } from "./location.ts";
import { createRenderSchedule } from "./render-schedule.ts";
import { TabContext } from "./tab-context.ts";

export interface TabOptions {
  name: string;
  /** False in a pane, where the shell owns the history and the theme. */
  standalone: boolean;
  url: string;
  onUrl?: (url: string) => void;
  /** Another tab requests this one: its pane should be shown. */
  onReveal?: () => void;
  /** The initial visibility, set by the shell. */
  visible?: boolean;
  /** What the shell can do. */
  shell?: ShellDoor | undefined;
  /** Something else is shown. */
  onTitle?: ((title: TabTitle) => void) | undefined;
  /** There is another version to reload for, or none any more. Left out, the tab says so itself. */
  onOutdated?: ((version: string | null) => void) | undefined;
  /** Called with the sync of each session that opens. The undo it returns is called when the session ends. */
  onSync?: (sync: Sync, queryClient: QueryClient) => () => void;
}

export interface Tab {
  readonly visibility: Visibility;
  readonly location: Location;
  readonly commands: Pick<Commands, "show">;
  readonly parts: Part<typeof import("./parts.ts")>;
  close(): void;
}

/**
 * Builds one tab: its own cache, its own channel, its own React root in `element`. When the session
 * changes, everything of the previous one is dropped at once and built again.
 */
export function createTab(element: HTMLElement, options: TabOptions): Tab {
  const { name, standalone, url, onUrl, onReveal, shell, onTitle, onOutdated } = options;
  const { visible = true, onSync = () => () => {} } = options;
  const visibility = createVisibility();
  visibility.report("shell", visible);
  const undo = [connectPageVisibility(visibility), connectSentinel(visibility)];
  connectFocusManager(visibility, focusManager);
  const location = createLocation({
    initialUrl: url,
    mode: standalone ? "push" : "replace",
    ...(onUrl && { onUrl }),
  });
  const session = createSessionStore();
  const store = createIndexedDbStore();
  const trace = createTrace();
  const claim = claimTabName(name, () => window.location.reload());
  const parts = createPart(() => import("./parts.ts"));
  const commands = createCommands();
  const overview = createPart(() => import("./parts-overview.ts"));
  const linkTo = createLinkTo(shell?.origin, window.location.origin);
  const builds = createBuildWatch({ own: readMeta("tandem-build") });
  const tab = { name, standalone, shell, onTitle, builds, onOutdated };
  const root = createRoot(element);
  /** Whose rows the location names. */
  let workspace: string | undefined;

  function show({ queryClient, sync, data, begin }: OpenSession) {
    const { id, who } = session.get();
    if (who.kind === "user") {
      if (workspace && workspace !== who.workspace) location.chooseAccount(null);
      workspace = who.workspace;
    }
    root.render(
      <StrictMode key={id}>
        <QueryClientProvider client={queryClient}>
          <SyncProvider sync={sync}>
            <DataContext value={data}>
              <LocationContext value={location}>
                <TabContext value={tab}>
                  <UiProvider part={parts}>
                    <LaterParts value={parts}>
                      <CommandsContext value={commands}>
                        <LinkContext value={linkTo}>
                          {who.kind === "out" ? <SignedOut /> : <App overview={overview} />}
                          <OnceShown call={begin} />
                        </LinkContext>
                      </CommandsContext>
                    </LaterParts>
                  </UiProvider>
                </TabContext>
              </LocationContext>
            </DataContext>
          </SyncProvider>
        </QueryClientProvider>
      </StrictMode>,
    );
  }

  undo.push(
    followSession({
      session,
      store,
      visibility,
      tabName: name,
      claim,
      onReveal: onReveal ?? null,
      trace,
      onBuild: builds.hear,
      onOpen(open) {
        const { outbox } = open.data;
        notifyManager.setScheduler(
          createRenderSchedule({ isWriting: () => outbox.entries.some(isPending) }),
        );
        const forgetSync = onSync(open.sync, open.queryClient);
        commands.show(null);
        show(open);
        return () => {
          flushSync(() => root.render(null));
          forgetSync();
        };
      },
    }),
  );

  return {
    visibility,
    location,
    commands,
    parts,
    close() {
      for (const each of undo) each();
      root.unmount();
      session.close();
      store.close();
      builds.close();
      location.close();
      void claim.then((claimed) => claimed.close());
    },
  };
}

/** After what stands before it: effects run in that order. */
function OnceShown({ call }: { call: () => void }) {
  useEffect(call, [call]);
  return null;
}
