/** What is kept beyond the page: answers of the server, writes on their way, things typed. */
export type Kind = "cache" | "writes" | "drafts";

/** One thing to keep under a name, or to forget when it has no value. */
export interface Item {
  readonly kind: Kind;
  readonly name: string;
  readonly value?: unknown;
}

/**
 * Storage shared by all tabs of this origin, in which each has its own names. It belongs to one
 * session at a time: who writes for another is refused, so that nothing late brings back what a
 * sign-out cleared. Every method may reject where storage is blocked, broken or full.
 */
export interface PersistentStore {
  /** Makes the storage this session's. What another left is cleared in the same step. */
  enter(sessionId: string): Promise<void>;
  /**
   * Everything of this kind that a tab keeps, by name, but for what was put last before `since`
   * (milliseconds since the Unix epoch). Values are whatever was on disk.
   */
  read(kind: Kind, tab: string, since?: number): Promise<ReadonlyMap<string, unknown>>;
  /** All or nothing. False, and nothing done, when the storage is another session's. */
  write(sessionId: string, tab: string, items: readonly Item[]): Promise<boolean>;
  /**
   * Takes writes and drafts over from a tab that is gone, in one step, so that one tab only can.
   * A draft on what the new tab has a draft of already stays where it is.
   */
  adopt(sessionId: string, from: string, to: string): Promise<void>;
  /** The tabs that keep anything of this kind. */
  tabs(kind: Kind): Promise<ReadonlySet<string>>;
  /** How many things of this kind all tabs keep. */
  count(kind: Kind): Promise<number>;
  /** Forgets what any tab put last before `since`. */
  prune(kind: Kind, since: number): Promise<void>;
  close(): void;
}
