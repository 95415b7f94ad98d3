import { frameId, lastGiven } from "./pane-focus.ts";

export interface FocusGuardOptions {
  /** The panes of other origins. */
  readonly foreign: () => readonly string[];
  /** A page has taken the focus from another pane. */
  readonly onTaken: (id: string) => void;
}

/** Milliseconds between two looks: until the next one the keys go to the page that has taken the focus. */
const lookEvery = 100;
/** Milliseconds for which a pointer that was over a frame may have been pressed there. */
const justNow = 1_000;

/**
 * Notices when the page of a pane of another origin takes the focus from another pane: a browser lets it, and the keys with
 * it. What a user does is known by the pointer, which is over the frame; by the shell, which gives the focus itself; and by
 * Tab, which comes to a frame from the shell's own header above it. Returns the undo.
 */
export function guardFocus({ foreign, onTaken }: FocusGuardOptions): () => void {
  // A finger leaves no trace over the frame.
  if (matchMedia("(hover: none)").matches) return () => {};
  const overAt = new Map<string, number>();
  const now = () => performance.now();
  const isOwn = (element: Element | null) => !(element instanceof HTMLIFrameElement);
  let before = document.activeElement;

  function look() {
    const active = document.activeElement;
    for (const id of foreign())
      if (document.getElementById(frameId(id))?.matches(":hover")) overAt.set(id, now());
    const id = foreign().find((each) => frameId(each) === active?.id);
    const isNew = active !== before;
    const isByUser = (each: string) =>
      now() - (overAt.get(each) ?? -justNow) < justNow || now() - lastGiven(each) < justNow;
    if (isNew && id !== undefined && !isOwn(before) && !isByUser(id)) onTaken(id);
    before = active;
  }
  function leave({ target }: MouseEvent) {
    const id = foreign().find((each) => target instanceof Element && frameId(each) === target.id);
    if (id !== undefined) overAt.set(id, now());
  }

  const timer = setInterval(look, lookEvery);
  document.addEventListener("mouseout", leave);
  return () => {
    clearInterval(timer);
    document.removeEventListener("mouseout", leave);
  };
}
