/** The timers of one tab: after `close` none runs, and none starts. */
export interface Timers {
  /** Returns what cancels it. */
  after(ms: number, run: () => void): () => void;
  every(ms: number, run: () => void): void;
  close(): void;
}

export function createTimers(): Timers {
  const cancels = new Set<() => void>();
  let closed = false;

  function after(ms: number, run: () => void): () => void {
    if (closed) return () => {};
    const timer = setTimeout(() => {
      cancel();
      run();
    }, ms);
    const cancel = () => {
      clearTimeout(timer);
      cancels.delete(cancel);
    };
    cancels.add(cancel);
    return cancel;
  }

  function every(ms: number, run: () => void) {
    after(ms, () => {
      every(ms, run);
      run();
    });
  }

  return {
    after,
    every,
    close() {
      closed = true;
      for (const cancel of cancels) cancel();
    },
  };
}
