/** Calls when the page has nothing to do, after two seconds at the latest. Returns the undo. */
export function whenIdle(call: () => void): () => void {
  // Safari has no requestIdleCallback.
  if (typeof requestIdleCallback !== "function") {
    const timer = setTimeout(call, 1_000);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(call, { timeout: 2_000 });
  return () => cancelIdleCallback(request);
}
