export interface Emitter<T> {
  subscribe(listener: (value: T) => void): () => void;
  emit(value: T): void;
}

/** Listeners in order of subscription. One that throws is reported and does not mute the others. */
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
          // An uncaught error that stops nobody, as by `reportError`, which Node lacks.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    },
  };
}
