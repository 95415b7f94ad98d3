import { listen } from "./listen.ts";

/**
 * Runs the catch-up when the page comes back from a freeze (Page Lifecycle `resume`) or from the
 * back/forward cache.
 */
export function connectLifecycle(catchUp: (cause: string) => void, page: Window): () => void {
  let isCached = false;
  const hide = ({ persisted }: PageTransitionEvent) => {
    isCached = persisted;
  };
  // From the back/forward cache a page resumes first, and its channel is open only with `pageshow`.
  const resume = () => {
    if (!isCached) catchUp("a thaw");
  };
  const show = (event: PageTransitionEvent) => {
    isCached = false;
    if (event.persisted) catchUp("the back/forward cache");
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
