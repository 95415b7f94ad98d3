import type { Outbox } from "#data/outbox/outbox.ts";
import type { UndoStack } from "#data/outbox/undo-stack.ts";
import type { QueryContext } from "#data/queries/define-query.ts";
import type { Drafts } from "#data/storage/drafts.ts";
import type { FeedPlaces } from "#data/storage/feed-places.ts";
import type { Places } from "#data/storage/places.ts";
import type { TabStorage } from "#data/storage/tab-storage.ts";
import type { Unread } from "#data/storage/unread.ts";
import type { People } from "#data/tabs/people.ts";
import type { Presence } from "#data/tabs/presence.ts";
import type { SessionStore } from "./session.ts";

/** What features reach of the open session: the context of its queries, and the places of its work. */
export interface Data extends QueryContext {
  readonly outbox: Outbox;
  readonly undoStack: UndoStack;
  readonly drafts: Drafts;
  readonly feedPlaces: FeedPlaces;
  readonly places: Places;
  readonly session: SessionStore;
  /** Forms in tabs of this browser, by Web Locks. */
  readonly presence: Presence;
  /** Tabs of all browsers, by the server. */
  readonly people: People;
  readonly unread: Unread;
  readonly storage: Pick<TabStorage, "trouble" | "subscribe">;
  /** Counts what a sign-out would delete, over all tabs of this browser. */
  countUnsent(): Promise<{ readonly writes: number; readonly drafts: number }>;
}
