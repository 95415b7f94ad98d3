/** `addEventListener` with the convention of `subscribe`: returns the undo. */
export function listen<E extends Event>(
  target: Pick<EventTarget, "addEventListener" | "removeEventListener">,
  type: string,
  listener: (event: E) => void,
  /** With `capture`, before those without. */
  options: { capture?: boolean } = {},
): () => void {
  target.addEventListener(type, listener as (event: Event) => void, options);
  return () => target.removeEventListener(type, listener as (event: Event) => void, options);
}
