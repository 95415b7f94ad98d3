type Pressed = Pick<KeyboardEvent, "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">;

/**
 * What is pressed, as lists of shortcuts have it: `Mod+Shift+Z`, `N`, `?`. By what the key types, wherever a keyboard
 * layout has it. `Mod` is Control or Command; Shift is a part of a character that is no letter.
 */
export function keysOf({ key, altKey, ctrlKey, metaKey, shiftKey }: Pressed): string {
  const isLetter = /^\p{L}$/u.test(key);
  const hasModifier = ctrlKey || metaKey || altKey;
  return [
    ctrlKey && metaKey && "Both",
    ctrlKey !== metaKey && "Mod",
    altKey && "Alt",
    shiftKey && (isLetter || hasModifier || key.length > 1) && "Shift",
    isLetter ? key.toUpperCase() : key,
  ]
    .filter(Boolean)
    .join("+");
}

/** Whether a key that is pressed there types text. */
export function isTyping(target: EventTarget | null | undefined): boolean {
  const field = closest(target, "input, textarea, select, [contenteditable]");
  return field !== null && !field.matches("[type=checkbox], [type=radio]");
}

/** Whether letters choose there, or it has opened over the page. */
export function hasOwnKeys(target: EventTarget | null | undefined): boolean {
  const owners = "[role=combobox], [role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
  return closest(target, owners) !== null;
}

function closest(target: EventTarget | null | undefined, selector: string): Element | null {
  if (!target || !("closest" in target) || typeof target.closest !== "function") return null;
  return target.closest(selector);
}
