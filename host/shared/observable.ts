export interface Observable<T> {
  get(): T;
  /** Returns its own undo. */
  subscribe(listener: () => void): () => void;
}

export interface MutableObservable<T> extends Observable<T> {
  set(next: T): void;
}

/** Holds one value and notifies its listeners. An error in a listener is reported and does not stop the others. */
export function createObservable<T>(
  initial: T,
  report: (error: unknown) => void = (error) => reportError(error),
): MutableObservable<T> {
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
