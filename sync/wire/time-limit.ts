/**
 * Runs a request that is aborted after `ms`, or by `outer`. Rejects with a `DOMException` called
 * `TimeoutError`, or with the reason of `outer`, also where `run` heeds no signal. `AbortSignal.any` is
 * not used, as in Node 20 it leaks.
 */
export async function withTimeLimit<T>(
  ms: number,
  run: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal | null,
): Promise<T> {
  outer?.throwIfAborted();
  const limit = new AbortController();
  const { signal } = limit;
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  const giveUp = () => limit.abort(outer?.reason);
  outer?.addEventListener("abort", giveUp);
  const timer = setTimeout(
    () => limit.abort(new DOMException(`No answer within ${ms} ms`, "TimeoutError")),
    ms,
  );
  try {
    return await Promise.race([run(signal), stopped]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", giveUp);
  }
}
