/** A text that is passed on may be this long, in bytes: PostgreSQL notifies of 8,000 at most. */
export const relayLimit = 7_000;

export interface RelayListener {
  /** What another process published, in the order in which it did. */
  heard(text: string): void;
  /** Others can be heard from now on; what they published before may have been missed. */
  connected(): void;
}

/** What the processes that serve one workspace tell each other beside its log. A text may be lost. */
export interface Relay {
  /** To the others, not to this process. */
  publish(text: string): void;
  /** Returns the undo. */
  subscribe(listener: RelayListener): () => void;
}
