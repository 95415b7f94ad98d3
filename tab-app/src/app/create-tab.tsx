import { focusManager, onlineManager, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { effectOf, readAnswer } from "#data/affected.ts";
import { createApi } from "#data/api.ts";
import { createQueryClient } from "#data/client.ts";
import { createData } from "#data/create-data.ts";
import { createOpenFeed } from "#data/open-feed.ts";
import { connectRequestTrace } from "#data/request-trace.ts";
import { DataContext } from "#data/use-data.ts";
import { createChannel } from "#sync/channel.ts";
import { createSync, type Sync } from "#sync/create-sync.ts";
import { connectLifecycle } from "#sync/lifecycle.ts";
import { SyncProvider } from "#sync/react.tsx";
import {
  connectFocusManager,
  connectPageVisibility,
  connectSentinel,
  createVisibility,
} from "#sync/visibility.ts";
import { UiProvider } from "#ui/ui-provider.tsx";
import { App } from "./app.tsx";
import { createLocation, type Location, LocationContext } from "./location.ts";
import { TabContext } from "./tab-context.ts";
import { testBroadcastChannel } from "./test-broadcast-channel.ts";

export interface TabOptions {
  name: string;
  /** False in a pane: the shell then owns the history and the theme. */
  standalone: boolean;
  url: string;
  onUrl?: (url: string) => void;
  /** The shell's word at the start. */
  visible?: boolean;
}

export interface Tab {
  readonly sync: Sync;
  readonly location: Location;
  close(): void;
}

/** Eight hexadecimal digits. `crypto.randomUUID` is missing on plain http beyond localhost. */
function randomId(): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return random.toString(16).padStart(8, "0");
}

/**
 * Builds one tab: its own cache, its own place on the channel, its own React root in `element`. The
 * channel is listened to before anything is fetched.
 */
export function createTab(
  element: HTMLElement,
  { name, standalone, url, onUrl, visible = true }: TabOptions,
): Tab {
  const tabId = `${name.replaceAll(/[^A-Za-z0-9]+/g, "-")}_${randomId()}`;
  const api = createApi({ tabId });
  const queryClient = createQueryClient(({ asOf, change }) =>
    sync.publish(asOf, { ...change, origin: tabId }),
  );
  const visibility = createVisibility();
  visibility.say("shell", visible);
  const undo = [connectPageVisibility(visibility), connectSentinel(visibility)];
  connectFocusManager(visibility, focusManager);
  const channel = createChannel({ works: testBroadcastChannel() });
  const sync = createSync({
    tabId,
    queryClient,
    channel,
    visibility,
    effectOf,
    fetchChanges: api.fetchChanges,
    openFeed: createOpenFeed(),
    readAnswer,
    locks: navigator.locks,
    online: onlineManager,
  });
  undo.push(connectLifecycle(sync), connectRequestTrace(queryClient, sync));
  const location = createLocation({
    initialUrl: url,
    mode: standalone ? "push" : "replace",
    ...(onUrl && { onUrl }),
  });

  const data = createData(api, { isLive: () => sync.isLive });
  const root = createRoot(element);
  root.render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <SyncProvider sync={sync}>
          <DataContext value={data}>
            <LocationContext value={location}>
              <TabContext value={{ name, standalone }}>
                <UiProvider>
                  <App />
                </UiProvider>
              </TabContext>
            </LocationContext>
          </DataContext>
        </SyncProvider>
      </QueryClientProvider>
    </StrictMode>,
  );

  return {
    sync,
    location,
    close() {
      root.unmount();
      sync.close();
      channel.close();
      location.close();
      for (const each of undo) each();
      queryClient.clear();
    },
  };
}
