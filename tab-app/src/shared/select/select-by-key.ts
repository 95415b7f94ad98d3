import type { KeyboardEvent } from "react";
import { isTyping } from "#contract/keys.ts";
import type { Selection } from "./use-selection.ts";

type Key = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey" | "target">;

export interface SelectableRows {
  readonly selection: Selection;
  readonly ids: readonly string[];
  /** Moves the focus to a row; false where there is none. */
  readonly focusAt: (index: number) => boolean;
}

/** `x` selects a row, Shift with an arrow also the next one, Escape none any more. True where the key was handled. */
export function selectByKey(
  event: Key,
  at: number,
  { selection, ids, focusAt }: SelectableRows,
): boolean {
  const { key, shiftKey, ctrlKey, metaKey, altKey, target } = event;
  const id = ids[at];
  if (ctrlKey || metaKey || altKey || id === undefined || isTyping(target)) return false;
  if (key === "Escape" && selection.ids.length > 0) {
    selection.clear();
    return true;
  }
  if (key.toLowerCase() === "x" && !shiftKey) {
    selection.toggle(id);
    return true;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  const next = ids[at + (step ?? 0)];
  if (!shiftKey || step === undefined || next === undefined || !focusAt(at + step)) return false;
  selection.extend(next, id);
  return true;
}
