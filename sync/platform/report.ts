/** An uncaught error that stops nothing, as by `reportError`, which Node lacks. */
export function report(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
