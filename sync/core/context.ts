import { focusManager, onlineManager, QueryClient } from "@tanstack/query-core";
import { defaultLocks } from "../platform/locks.ts";
import { openChannel, openVisibility, randomId } from "../platform/this-tab.ts";
import { createTimers } from "../platform/timers.ts";
import { connectFocusManager, type Visibility } from "../platform/visibility.ts";
import type { ChangeLog } from "../wire/change-log.ts";
import type { Ledger } from "./ledger.ts";
import type { SyncOptions } from "./sync.ts";
import { createTrace } from "./trace.ts";

/** What the parts of one tab have in common; each takes the few that it uses. */
export type Context = ReturnType<typeof createContext>;

/** Tabs only: nothing is missed, and nothing is streamed. */
const noLog: ChangeLog = {
  fetchChanges: async (head) => ({ head, changes: [] }),
  openStream: () => () => {},
};

/** The options, and the browser for what was not given. It is closed when `signal` aborts. */
export function createContext(
  { session, ...options }: SyncOptions,
  ledger: Ledger,
  signal: AbortSignal,
) {
  const { name, queryClient } = options;
  // It would follow another copy's focus and network, and never say so.
  if (!(queryClient instanceof QueryClient))
    throw new TypeError("createSync: two copies, see npm ls @tanstack/query-core");
  const names = sharedNames(name, session);
  const timers = createTimers();
  signal.addEventListener("abort", timers.close);
  return {
    ...options,
    server: options.server ?? noLog,
    tabId: options.tabId ?? randomId(),
    channel: options.channel ?? openChannel(names.channel, names.channelTest, signal),
    visibility: options.visibility ?? openFocus(signal),
    locks: options.locks === undefined ? defaultLocks() : options.locks,
    online: options.online ?? onlineManager,
    writes: options.writes ?? {
      get pending() {
        return queryClient.isMutating();
      },
      subscribe: (listener: () => void) => queryClient.getMutationCache().subscribe(listener),
    },
    grace: options.grace ?? 250,
    beacon: options.beacon ?? 10_000,
    trace: options.trace ?? createTrace(),
    names,
    timers,
    ledger,
  };
}

/** What all tabs of one name and session call alike. */
export function sharedNames(name: string, session?: string) {
  const of = session === undefined ? "" : ` ${session}`;
  return {
    channel: name + of,
    channelTest: `${name}-test`,
    /** Held by the leader tab. */
    leaderLock: `${name}-feed${of}`,
    /** Held by the one tab that opens a stream beside that of a leader it does not hear. */
    standInLock: `${name}-feed-2${of}`,
    /** Held, shared, by every tab in view, so that each can count them. */
    viewLock: `${name}-view${of}`,
    /** Held by the one tab that reads a query for all. */
    readLock: (queryHash: string) => `${name}-read${of} ${queryHash}`,
  };
}

/** What react-query takes for focused as well. */
function openFocus(signal: AbortSignal): Visibility {
  const visibility = openVisibility(signal);
  if (globalThis.document) connectFocusManager(visibility, focusManager);
  return visibility;
}
