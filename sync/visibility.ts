import { createEmitter } from "./emitter.ts";
import { listen } from "./listen.ts";

/**
 * Whether the user can see this tab: the page is visible AND the frame is on screen AND nobody who
 * covers it says otherwise. Each source is a reason to be out of view; none left means in view.
 */
export interface Visibility {
  readonly inView: boolean;
  subscribe(listener: (inView: boolean) => void): () => void;
  /** A source's word. Unheard sources count as visible. */
  say(source: VisibilitySource, visible: boolean): void;
}

export type VisibilitySource =
  /** Page Visibility API. */
  | "page"
  /** The sentinel's IntersectionObserver. */
  | "screen"
  /** The shell, for what a frame cannot see: opacity, covers, a hidden pane. */
  | "shell";

export function createVisibility(): Visibility {
  const hiddenBy = new Set<VisibilitySource>();
  const changed = createEmitter<boolean>();
  const inView = () => hiddenBy.size === 0;
  return {
    get inView() {
      return inView();
    },
    subscribe: changed.subscribe,
    say(source, visible) {
      const before = inView();
      if (visible) hiddenBy.delete(source);
      else hiddenBy.add(source);
      if (inView() !== before) changed.emit(inView());
    },
  };
}

/** Feeds the Page Visibility API into `visibility`. */
export function connectPageVisibility(
  visibility: Visibility,
  document: Document = globalThis.document,
): () => void {
  const report = () => visibility.say("page", document.visibilityState === "visible");
  report();
  return listen(document, "visibilitychange", report);
}

/**
 * Feeds "is this frame on screen" into `visibility`. `visibilityState` stays `visible` in a frame that
 * is `display: none`, scrolled away or of no size, so a fixed, full-size, unpainted element is watched.
 * Its minimum size and the ratio test are what make it right for zero-sized frames too.
 */
export function connectSentinel(visibility: Visibility): () => void {
  if (typeof IntersectionObserver === "undefined") return () => {};
  const sentinel = document.createElement("div");
  sentinel.ariaHidden = "true";
  sentinel.style.cssText =
    "position:fixed;inset:0;min-width:1px;min-height:1px;visibility:hidden;pointer-events:none;z-index:-1";
  document.body.append(sentinel);
  const observer = new IntersectionObserver(
    (entries) => {
      const latest = entries.at(-1);
      if (latest) visibility.say("screen", latest.intersectionRatio > 0);
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
