import { report } from "./report.ts";

export interface Emitter<T> {
  /** Returns the undo. */
  subscribe(listener: (value: T) => void): () => void;
  emit(value: T): void;
}

/**
 * The `subscribe` of every interface here, for implementations of one (a `Channel`, `writes`).
 * Listeners are called in order of subscription; one that throws is reported and does not mute the others.
 */
export function createEmitter<T>(): Emitter<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    subscribe(listener) {
      // Wrapped, so that one function subscribed twice is two subscriptions with an undo each.
      const own = (value: T) => listener(value);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    emit(value) {
      for (const listener of [...listeners]) {
        try {
          listener(value);
        } catch (error) {
          report(error);
        }
      }
    },
  };
}
