import type { Sync } from "./create-sync.ts";
import { listen } from "./listen.ts";

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
  const undo = [
    listen(page, "pagehide", hide),
    listen(page.document, "resume", resume),
    listen(page, "pageshow", show),
  ];
  return () => {
    for (const each of undo) each();
  };
}
