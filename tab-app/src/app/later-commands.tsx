import { type ComponentType, useContext, useEffect, useSyncExternalStore } from "react";
import { keysOf } from "#contract/keys.ts";
import type { Commands } from "#shared/commands/commands.ts";
import { CommandsContext } from "#shared/commands/use-command.ts";
import { useAppPart } from "#shared/lazy/app-part.ts";
import type { TabCommandsProps } from "./tab-commands.tsx";

/** What the tab can do, and the keys for it, as soon as that is loaded. */
export function LaterCommands(props: Omit<TabCommandsProps, "commands">) {
  const commands = useContext(CommandsContext);
  return commands && <Loaded {...props} commands={commands} />;
}

function Loaded(props: TabCommandsProps & { commands: Commands }) {
  const { commands } = props;
  const isOpen = useSyncExternalStore(commands.subscribe, () => commands.shown !== null);
  const parts = useAppPart<{ TabCommands: ComponentType<TabCommandsProps> }>(isOpen);
  useEffect(() => {
    if (parts) return;
    // A press before it is loaded is not lost.
    const onKeyDown = (event: KeyboardEvent) => {
      if (keysOf(event) !== "Mod+K") return;
      event.preventDefault();
      commands.show("menu");
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [parts, commands]);
  return parts && <parts.TabCommands {...props} />;
}
