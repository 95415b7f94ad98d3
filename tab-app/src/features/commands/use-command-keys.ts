import { useEffect } from "react";
import { hasOwnKeys, isTyping, keysOf } from "#contract/keys.ts";
import { type CommandId, commandGroups } from "#shared/commands/command-list.ts";
import type { Commands } from "#shared/commands/commands.ts";
import { areLettersOn } from "./letter-keys.ts";

const idByKeys: ReadonlyMap<string, CommandId> = new Map(
  commandGroups.flatMap(({ commands }) =>
    commands.flatMap((entry) => ("keys" in entry ? [[entry.keys, entry.id] as const] : [])),
  ),
);

/** The command that a key stands for where it was pressed; null for none. */
export function commandOf(event: KeyboardEvent): CommandId | null {
  const { target, repeat, defaultPrevented, isComposing } = event;
  if (repeat || defaultPrevented || isComposing) return null;
  const keys = keysOf(event);
  const id = idByKeys.get(keys) ?? null;
  if (id === "menu") return isKillLine(event) ? null : id;
  if (isTyping(target) || hasOwnKeys(target)) return null;
  return keys.includes("+") || areLettersOn() ? id : null;
}

/** Does a command by its key, on this page alone. */
export function useCommandKeys(commands: Commands): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const id = commandOf(event);
      const run = id && commands.offered(id);
      if (!run) return;
      event.preventDefault();
      run();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [commands]);
}

/** On a Mac, Control+K deletes to the end of the line in a text field. */
function isKillLine({ ctrlKey, target }: KeyboardEvent): boolean {
  return ctrlKey && /Mac/.test(navigator.platform) && isTyping(target);
}
