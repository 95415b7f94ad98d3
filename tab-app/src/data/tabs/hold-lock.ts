import { type Locks, listen } from "#sync";

/**
 * Holds a Web Lock for as long as the page lives, but for its time in the back/forward cache, which a
 * held lock would keep it out of. Returns the undo.
 */
export function holdLock(
  name: string,
  locks: Locks | undefined = navigator.locks,
  page: Pick<EventTarget, "addEventListener" | "removeEventListener"> = window,
): () => void {
  let letGo = () => {};
  function hold() {
    letGo();
    const gone = new AbortController();
    letGo = () => gone.abort();
    const held = () =>
      new Promise<void>((resolve) => {
        // Let go of after it was granted, before the page was told.
        if (gone.signal.aborted) return resolve();
        gone.signal.addEventListener("abort", () => resolve());
      });
    // Refused: others see less of this tab, and nothing else is lost.
    void locks?.request(name, { mode: "shared", signal: gone.signal }, held).catch(() => {});
  }
  hold();
  const undo = [listen(page, "pagehide", () => letGo()), listen(page, "pageshow", hold)];
  return () => {
    for (const each of undo) each();
    letGo();
  };
}

/** What follows `prefix` in the names of the locks of one mode that are held in this browser. */
export async function heldLocks(
  prefix: string,
  mode: "shared" | "exclusive",
  locks: Locks | undefined = navigator.locks,
): Promise<ReadonlySet<string>> {
  const { held = [] } = (await locks?.query()) ?? {};
  const names = held
    .filter((lock) => lock.mode === mode)
    .map(({ name = "" }) => name)
    .filter((name) => name.startsWith(prefix));
  return new Set(names.map((name) => name.slice(prefix.length)));
}
