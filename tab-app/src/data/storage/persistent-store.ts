/** What outlives the page: data of queries, unsent writes, drafts. */
export type Kind = "cache" | "writes" | "drafts";

/** A value to store under a name; without a value, the name is deleted. */
export interface Item {
  readonly kind: Kind;
  readonly name: string;
  readonly value?: unknown;
}

/** `refused`: the storage belongs to another session. `emptied`: to none, for its data was deleted. */
export type Written = "written" | "refused" | "emptied";

/** How a session enters the storage. */
export interface Entering {
  /** Only where the storage belongs to no session, as after the browser deleted it. */
  readonly ifNone?: boolean;
  /** The user whom a provider vouches for. What they had not sent in an earlier session is theirs again. */
  readonly userId?: string;
  /** The user of the session before discarded what was not sent. */
  readonly discards?: boolean;
}

/** Of how a session of a user with a `userId` ended, their writes and drafts are kept under this name. */
export const sealedTab = (userId: string, tab = "") =>
  `${sealed}${encodeURIComponent(userId)} ${tab}`;
export const isSealed = (tab: string) => tab.startsWith(sealed);
const sealed = "sealed ";

/**
 * Storage that all tabs of this origin share, in which each tab has its own names. It belongs to one
 * session at a time: a write of another session is refused, so that no late write brings back what a
 * sign-out deleted. Every method may reject where storage is blocked, broken or full.
 */
export interface PersistentStore {
  /**
   * Assigns the storage to this session, and deletes what another left in the same transaction. Writes and drafts of a user
   * whom a provider vouches for are sealed instead: no session reads them but the next one of this user.
   */
  enter(sessionId: string, entering?: Entering): Promise<void>;
  /**
   * A tab's values of this kind, by name, without those stored before `since` (milliseconds since the
   * Unix epoch). They are unparsed.
   */
  read(kind: Kind, tab: string, since?: number): Promise<ReadonlyMap<string, unknown>>;
  /** All or nothing, and nothing unless it answers `written`. */
  write(sessionId: string, tab: string, items: readonly Item[]): Promise<Written>;
  /**
   * Moves the writes and drafts of a closed tab to another in one transaction, so that one tab alone
   * adopts them. A value under a name that the adopting tab uses already stays where it is.
   */
  adopt(sessionId: string, from: string, to: string): Promise<void>;
  /** The tabs that have values of this kind. */
  tabs(kind: Kind): Promise<ReadonlySet<string>>;
  /** The number of values of this kind, of all tabs. */
  count(kind: Kind): Promise<number>;
  /** Deletes the values of all tabs that were stored before `since`. */
  prune(kind: Kind, since: number): Promise<void>;
  /** Listeners are called when the data may have been deleted from outside: by the user, or the browser. */
  subscribe(listener: () => void): () => void;
  close(): void;
}
