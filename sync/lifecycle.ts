import type { Sync } from "./create-sync.ts";

/**
 * Has a tab ask what it missed when its page wakes: from a freeze (Page Lifecycle `resume`) or from the
 * back/forward cache.
 */
export function connectLifecycle(
  sync: Pick<Sync, "catchUp">,
  page: Window = globalThis.window,
): () => void {
  const resume = () => sync.catchUp("the page was frozen");
  const show = (event: PageTransitionEvent) => {
    if (event.persisted) sync.catchUp("the page was in the back/forward cache");
  };
  page.document.addEventListener("resume", resume);
  page.addEventListener("pageshow", show);
  return () => {
    page.document.removeEventListener("resume", resume);
    page.removeEventListener("pageshow", show);
  };
}
