import { listen } from "./listen.ts";
import type { Visibility } from "./visibility.ts";

/**
 * Runs the catch-up when the page comes back from a freeze (Page Lifecycle `resume`) or from the
 * back/forward cache.
 */
export function connectLifecycle(
  catchUp: (cause: string) => void,
  visibility: Pick<Visibility, "subscribe">,
  page: Window,
): () => void {
  let isCached = false;
  const hide = ({ persisted }: PageTransitionEvent) => {
    isCached = persisted;
  };
  // From the back/forward cache a page resumes first, and is in view only with `pageshow`.
  const resume = () => {
    if (!isCached) catchUp("a thaw");
  };
  // Asked as soon as it is in view, before anything else hears of that and reads what is old by its age.
  const leaveCache = () => {
    if (isCached) catchUp("the back/forward cache");
    isCached = false;
  };
  const undo = [
    listen(page, "pagehide", hide),
    listen(page.document, "resume", resume),
    listen(page, "pageshow", leaveCache),
    visibility.subscribe((inView) => inView && leaveCache()),
  ];
  return () => {
    for (const each of undo) each();
  };
}
