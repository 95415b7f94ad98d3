import { createEmitter } from "./emitter.ts";
import { listen } from "./listen.ts";

/**
 * Whether the user can see this tab. Each source that reports it hidden is a reason to be out of view;
 * with none left it is in view.
 */
export interface Visibility {
  readonly inView: boolean;
  subscribe(listener: (inView: boolean) => void): () => void;
  /**
   * What one source knows: `page` and `screen` here, and any other, as an embedding page that knows of
   * what covers the frame. A source that has not reported counts as visible.
   */
  report(source: string, visible: boolean): void;
}

export function createVisibility(): Visibility {
  const hiddenBy = new Set<string>();
  const changed = createEmitter<boolean>();
  const inView = () => hiddenBy.size === 0;
  return {
    get inView() {
      return inView();
    },
    subscribe: changed.subscribe,
    report(source, visible) {
      const before = inView();
      if (visible) hiddenBy.delete(source);
      else hiddenBy.add(source);
      if (inView() !== before) changed.emit(inView());
    },
  };
}

/**
 * Reports the Page Visibility API to `visibility`, as `page`. A page that is closed, or goes to the back/forward
 * cache, is out of view before its channel is closed, so that what it holds is given up in time; by the HTML
 * standard `visibilitychange` comes only after `pagehide`.
 */
export function connectPageVisibility(
  visibility: Visibility,
  document: Document = globalThis.document,
  page: Pick<EventTarget, "addEventListener" | "removeEventListener"> = window,
): () => void {
  let isGone = false;
  const report = () => visibility.report("page", !isGone && document.visibilityState === "visible");
  const move = (gone: boolean) => () => {
    isGone = gone;
    report();
  };
  report();
  const undo = [
    listen(document, "visibilitychange", report),
    listen(page, "pagehide", move(true), { capture: true }),
    listen(page, "pageshow", move(false)),
  ];
  return () => {
    for (const each of undo) each();
  };
}

/**
 * Reports whether this frame is on screen, as `screen`. `visibilityState` stays `visible` in a frame that
 * is `display: none`, scrolled away or of no size, so a fixed, full-size, unpainted element is observed.
 * Its minimum size and the ratio test are what make it right for zero-sized frames too.
 */
export function connectSentinel(visibility: Visibility): () => void {
  if (typeof IntersectionObserver === "undefined") return () => {};
  const sentinel = document.createElement("div");
  sentinel.ariaHidden = "true";
  sentinel.style.cssText =
    "position:fixed;inset:0;min-width:1px;min-height:1px;visibility:hidden;pointer-events:none;z-index:-1";
  (document.body ?? document.documentElement).append(sentinel);
  const observer = new IntersectionObserver(
    (entries) => {
      const latest = entries.at(-1);
      if (latest) visibility.report("screen", latest.intersectionRatio > 0);
    },
    { threshold: [0, 0.01] },
  );
  observer.observe(sentinel);
  return () => {
    observer.disconnect();
    sentinel.remove();
  };
}

/** The slice of react-query's `focusManager` that is driven. */
export interface FocusManager {
  setEventListener(setup: (setFocused: (focused?: boolean) => void) => () => void): void;
}

/** Makes "in view" what react-query takes for "focused": its focus refetches, retries and polling follow. */
export function connectFocusManager(visibility: Visibility, focusManager: FocusManager): void {
  focusManager.setEventListener((setFocused) => {
    setFocused(visibility.inView);
    return visibility.subscribe(setFocused);
  });
}
