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
  let before = document.activeElement;

  const paneOf = (element: EventTarget | null) =>
    foreign().find((id) => element instanceof HTMLIFrameElement && frameId(id) === element.id);
  const noteOver = (element: EventTarget | null) => {
    const id = paneOf(element);
    if (id !== undefined) overAt.set(id, performance.now());
  };
  const isByUser = (id: string) =>
    performance.now() - Math.max(overAt.get(id) ?? -justNow, lastGiven(id)) < justNow;

  function look() {
    noteOver(document.querySelector("iframe:hover"));
    const { activeElement } = document;
    const id = paneOf(activeElement);
    const isFromPane = before instanceof HTMLIFrameElement && before !== activeElement;
    if (id !== undefined && isFromPane && !isByUser(id)) onTaken(id);
    before = activeElement;
  }
  const leave = ({ target }: MouseEvent) => noteOver(target);

  const timer = setInterval(look, lookEvery);
  document.addEventListener("mouseout", leave);
  return () => {
    clearInterval(timer);
    document.removeEventListener("mouseout", leave);
  };
}
