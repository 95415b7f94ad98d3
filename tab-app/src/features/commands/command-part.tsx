import { useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { ShellDoor } from "#contract/mount.ts";
import { type ShellCommand, shellCommandsSchema } from "#contract/shell-commands.ts";
import { useData } from "#data/hooks/use-data.ts";
import type { VisitedPlace } from "#data/storage/places.ts";
import type { Commands } from "#shared/commands/commands.ts";
import { CommandsContext, useCommand } from "#shared/commands/use-command.ts";
import { CommandMenu } from "./command-menu.tsx";
import type { CommandPartProps } from "./commands-part.ts";
import { Shortcuts } from "./shortcuts.tsx";
import { useCommandKeys } from "./use-command-keys.ts";

export function CommandPart(props: CommandPartProps) {
  const commands = useContext(CommandsContext);
  return commands && <OpenCommands {...props} commands={commands} />;
}

/** Does what keys stand for, and shows the commands or the shortcuts. */
function OpenCommands({ commands, ...props }: CommandPartProps & { commands: Commands }) {
  const shown = useSyncExternalStore(commands.subscribe, () => commands.shown);
  const recent = useRecentPlaces(props);
  const ofShell = useShellCommands(props.shell, shown !== null);
  useCommandKeys(commands);
  const close = () => commands.show(null);
  // The same key closes it.
  useCommand("menu", () => commands.show(shown === "menu" ? null : "menu"));
  useCommand("shortcuts", () => commands.show("shortcuts"));
  return (
    <>
      <CommandMenu
        {...props}
        open={shown === "menu"}
        onClose={close}
        commands={commands}
        ofShell={ofShell}
        recent={recent}
      />
      <Shortcuts open={shown === "shortcuts"} onClose={close} ofShell={ofShell} />
    </>
  );
}

/** The places of this tab, to which the one that is shown is added. */
function useRecentPlaces({ place }: CommandPartProps): readonly VisitedPlace[] {
  const { places } = useData();
  const { accountId, title, url } = place ?? {};
  useEffect(() => {
    if (accountId !== undefined && title !== undefined && url !== undefined)
      places.visit({ accountId, title, url });
  }, [places, accountId, title, url]);
  return places.recent;
}

/** What the shell can do, asked for whenever it is about to be listed. */
function useShellCommands(shell: ShellDoor | null, isNeeded: boolean): readonly ShellCommand[] {
  const [list, setList] = useState<readonly ShellCommand[]>([]);
  useEffect(() => {
    if (!shell || !isNeeded) return;
    let isCurrent = true;
    const take = (answer: unknown) => {
      if (isCurrent) setList(shellCommandsSchema.safeParse(answer).data ?? []);
    };
    // A shell of an earlier deploy has no such method.
    shell.commands().then(take, () => take([]));
    return () => {
      isCurrent = false;
    };
  }, [shell, isNeeded]);
  return list;
}
