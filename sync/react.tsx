import { useIsFetching, useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useSyncExternalStore,
} from "react";
import type { SyncStatus } from "./core/status.ts";
import type { Sync } from "./core/sync.ts";

const SyncContext = createContext<Sync | null>(null);

export function SyncProvider({ sync, children }: { sync: Sync; children: ReactNode }) {
  return <SyncContext.Provider value={sync}>{children}</SyncContext.Provider>;
}

export function useSync(): Sync {
  const sync = useContext(SyncContext);
  if (!sync) throw new Error("useSync needs a SyncProvider above it");
  return sync;
}

/** Whether the user can see this tab. */
export function useInView(): boolean {
  const { visibility } = useSync();
  return useStore(visibility.subscribe, () => visibility.inView);
}

/** The status of this tab. Out of view it stays as it was, so that nothing renders there. */
export function useSyncStatus(): SyncStatus {
  return useSyncInView((sync) => sync.status);
}

/** Why the status is `degraded`; else null. */
export function useSyncTrouble(): Sync["trouble"] {
  return useSyncInView((sync) => sync.trouble);
}

/** True once a tab of another protocol version has sent a message. */
export function useOutdated(): boolean {
  return useSyncInView((sync) => sync.outdated);
}

function useSyncInView<T>(read: (sync: Sync) => T): T {
  const sync = useSync();
  const subscribe = useCallback(
    (listener: () => void) => {
      const listenInView = () => {
        if (sync.visibility.inView) listener();
      };
      const undo = [sync.subscribe(listenInView), sync.visibility.subscribe(listenInView)];
      return () => {
        for (const each of undo) each();
      };
    },
    [sync],
  );
  return useStore(subscribe, () => read(sync));
}

/** What is rendered on a server is what this realm's sync says there. */
function useStore<T>(subscribe: (listener: () => void) => () => void, read: () => T): T {
  return useSyncExternalStore(subscribe, read, read);
}

/** True while a change waits for the hidden query to come into view. For the strip of a hidden panel. */
export function useWaiting(queryKey: readonly unknown[]): boolean {
  const sync = useSync();
  const queryClient = useQueryClient();
  const hash = JSON.stringify(queryKey);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a key is its content, not its identity
  useEffect(() => sync.watch(queryKey), [sync, hash]);
  return useStore(
    useCallback((listener) => queryClient.getQueryCache().subscribe(listener), [queryClient]),
    () => queryClient.getQueryState(queryKey)?.isInvalidated ?? false,
  );
}

/** Whether what is shown is being read again in the background. */
export function useQueryActivity(queryKey: readonly unknown[]): "idle" | "syncing" {
  const reading = useIsFetching({
    queryKey,
    exact: true,
    predicate: ({ state }) => state.data !== undefined && !state.fetchMeta?.fetchMore,
  });
  return reading > 0 ? "syncing" : "idle";
}
