/** Timers as an argument, so that tests need not wait. */
export interface Clock {
  /** Calls once after `ms`; returns its own undo. */
  after(ms: number, call: () => void): () => void;
  /** Milliseconds, from any beginning. */
  now(): number;
}

export const realClock: Clock = {
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
  now: () => performance.now(),
};
