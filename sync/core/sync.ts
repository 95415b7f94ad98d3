import type { QueryClient, QueryKey } from "@tanstack/query-core";
import type { Channel } from "../platform/channel.ts";
import type { Locks } from "../platform/locks.ts";
import type { Visibility } from "../platform/visibility.ts";
import type { Change, LocalChange } from "../wire/change.ts";
import type { ChangeLog } from "../wire/change-log.ts";
import type { Revision } from "../wire/revision.ts";
import type { Effects } from "./effects.ts";
import type { StatusReport } from "./status.ts";
import type { Trace } from "./trace.ts";

export interface Online {
  isOnline(): boolean;
  subscribe(listener: (isOnline: boolean) => void): () => void;
}

export interface PendingWrites {
  readonly pending: number;
  subscribe(listener: () => void): () => void;
}

/** The first elements of the query keys that an app registers with TanStack Query; any string where it registers none. */
export type RegisteredKind = QueryKey[0] extends string ? QueryKey[0] : string;

export interface SyncOptions<Kind extends string = string> {
  /** Channel, Web Locks and messages are called after it: the same in all tabs, and no other app's of this origin. */
  name: string;
  queryClient: QueryClient;
  /** Left out: tabs only. The tabs of this browser learn of each other's writes, and of nothing else. */
  server?: ChangeLog | undefined;
  effects: Effects<Kind>;
  /** Only tabs of the same session share messages and locks: the signed-in user, or the workspace. */
  session?: string | undefined;
  /** This tab on the channel and as the `origin` of its changes, up to 64 characters; random for each realm. */
  tabId?: string;
  /** By default a `BroadcastChannel`, tested once. */
  channel?: Channel | undefined;
  /** By default that of page and screen, which react-query then follows too. */
  visibility?: Visibility | undefined;
  /** Null where there are none: then messages elect the tab that holds the change stream. */
  locks?: Locks | null;
  /** Whether the browser has a network: by default query-core's `onlineManager`. */
  online?: Online;
  /** Writes that the status reports as syncing: by default the mutations of the query client. */
  writes?: PendingWrites;
  /** Milliseconds that a gap may take to close by itself, by a message that is still under way. */
  grace?: number;
  /** Milliseconds between two announcements of the leader tab on where the server stands. */
  beacon?: number;
  trace?: Trace;
}

/** One tab's part in keeping all tabs in sync. */
export interface Sync extends StatusReport {
  readonly tabId: string;
  /** All changes up to here are known; null until a first revision was seen. */
  readonly head: Revision | null;
  /** Another tab runs another version of the protocol: a reload brings the newer one. */
  readonly outdated: boolean;
  /**
   * Whether the server's changes reach this tab: by themselves, or by asking, now or within the last ten seconds, for
   * what was missed. While they do, what is held is not stale for being old; while they do not, age decides.
   */
  readonly isLive: boolean;
  readonly trace: Trace;
  readonly visibility: Visibility;
  /** Called when `status`, `trouble` or `outdated` changed. */
  subscribe(listener: () => void): () => void;
  /**
   * Writes of this tab that the server accepted, `asOf` being the revision of its answer; null where
   * that named none. They act here as in every other tab. Call it once for each answer.
   */
  publish(
    ...write:
      | [asOf: Revision, changes: readonly Change[]]
      | [asOf: null, changes: readonly LocalChange[]]
  ): void;
  /** Asks the server what was missed, as soon as the tab is in view. */
  catchUp(cause: string): void;
  /** Tries at once what is tried again after a while: the stream, what was missed, reads that failed. */
  retry(): void;
  /** Has the status count a query as waiting while its panel is hidden. Returns the undo. */
  watch(queryKey: readonly unknown[]): () => void;
  close(): void;
}
