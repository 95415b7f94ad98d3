/** What outlives the page: data of queries, unsent writes, drafts. */
export type Kind = "cache" | "writes" | "drafts";

/** A value to store under a name; without a value, the name is deleted. */
export interface Item {
  readonly kind: Kind;
  readonly name: string;
  readonly value?: unknown;
}

/**
 * Storage that all tabs of this origin share, in which each tab has its own names. It belongs to one
 * session at a time: a write of another session is refused, so that no late write brings back what a
 * sign-out deleted. Every method may reject where storage is blocked, broken or full.
 */
export interface PersistentStore {
  /** Assigns the storage to this session, and deletes what another left in the same transaction. */
  enter(sessionId: string): Promise<void>;
  /**
   * A tab's values of this kind, by name, without those stored before `since` (milliseconds since the
   * Unix epoch). They are unparsed.
   */
  read(kind: Kind, tab: string, since?: number): Promise<ReadonlyMap<string, unknown>>;
  /** All or nothing. False, with nothing written, where the storage belongs to another session. */
  write(sessionId: string, tab: string, items: readonly Item[]): Promise<boolean>;
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
  close(): void;
}
