/** `addEventListener` with the convention of `subscribe`: returns the undo. */
export function listen<E extends Event>(
  target: Pick<EventTarget, "addEventListener" | "removeEventListener">,
  type: string,
  listener: (event: E) => void,
): () => void {
  target.addEventListener(type, listener as (event: Event) => void);
  return () => target.removeEventListener(type, listener as (event: Event) => void);
}
