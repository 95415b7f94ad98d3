/**
 * Control or Command with Z, and with Shift as well. By the letter, and not by the place of the key. Null in a text
 * field, which has its own.
 */
export function undoKeyOf(event: KeyboardEvent): "undo" | "redo" | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  if (key.toLowerCase() !== "z" || ctrlKey === metaKey || altKey) return null;
  if (event.defaultPrevented || event.repeat || isTextField(target)) return null;
  return shiftKey ? "redo" : "undo";
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const field = target.closest("input, textarea, select, [contenteditable]");
  return field !== null && !field.matches("[type=checkbox], [type=radio]");
}
