const given = new Map<string, number>();

/** The id of a pane's iframe. */
export const frameId = (id: string) => `pane-${id}`;

/** Gives a pane the focus, after the next frame: one that was hidden cannot take it before. */
export function giveFocus(id: string): void {
  given.set(id, performance.now());
  requestAnimationFrame(() => document.getElementById(frameId(id))?.focus());
}

/** When the shell last gave it the focus, on the clock of `performance.now`. */
export const lastGiven = (id: string): number => given.get(id) ?? Number.NEGATIVE_INFINITY;
