export interface Store<T> {
  get(): T;
  set(next: T): void;
  /** Returns its own undo. */
  subscribe(listener: () => void): () => void;
}

/** One value and those who want to know. A listener that throws is reported and mutes nobody. */
export function createStore<T>(
  initial: T,
  report: (error: unknown) => void = (error) => reportError(error),
): Store<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) {
        try {
          listener();
        } catch (error) {
          report(error);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
