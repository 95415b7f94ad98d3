import type { Sync } from "./create-sync.ts";

/**
 * Has a tab ask what it missed when its page wakes: from a freeze (Page Lifecycle `resume`) or from the
 * back/forward cache.
 */
export function connectLifecycle(
  sync: Pick<Sync, "catchUp">,
  page: Window = globalThis.window,
): () => void {
  let isCached = false;
  const hide = ({ persisted }: PageTransitionEvent) => {
    isCached = persisted;
  };
  // Out of the back/forward cache a page resumes first, and hears the channel only with `pageshow`.
  const resume = () => {
    if (!isCached) sync.catchUp("a thaw");
  };
  const show = (event: PageTransitionEvent) => {
    isCached = false;
    if (event.persisted) sync.catchUp("the back/forward cache");
  };
  page.addEventListener("pagehide", hide);
  page.document.addEventListener("resume", resume);
  page.addEventListener("pageshow", show);
  return () => {
    page.removeEventListener("pagehide", hide);
    page.document.removeEventListener("resume", resume);
    page.removeEventListener("pageshow", show);
  };
}
