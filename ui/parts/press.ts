/**
 * Returns a function that resolves when no pointer is down: a button that is replaced between press and release
 * is not clicked.
 */
export function watchPress(page: EventTarget = window): () => Promise<void> {
  let isPressed = false;
  const waiting: (() => void)[] = [];
  const release = () => {
    isPressed = false;
    for (const resolve of waiting.splice(0)) resolve();
  };
  const press = () => {
    isPressed = true;
  };
  page.addEventListener("pointerdown", press, true);
  // After the click that belongs to it.
  for (const type of ["pointerup", "pointercancel", "blur"])
    page.addEventListener(type, () => void setTimeout(release), true);
  return () =>
    isPressed ? new Promise((resolve) => void waiting.push(resolve)) : Promise.resolve();
}
