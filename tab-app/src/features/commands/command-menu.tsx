import { AppWindow, Building2, Clock } from "lucide-react";
import { useState } from "react";
import type { ShellCommand } from "#contract/shell-commands.ts";
import type { VisitedPlace } from "#data/storage/places.ts";
import { type CommandEntry, type CommandId, commandGroups } from "#shared/commands/command-list.ts";
import type { Commands } from "#shared/commands/commands.ts";
import { KindIcon } from "#shared/fields/kind-icon.tsx";
import { CommandPalette, type PaletteGroup, type PaletteItem } from "#ui/parts/command-palette.tsx";
import { iconOf } from "./command-icons.tsx";
import type { CommandPartProps } from "./commands-part.ts";
import { matchCommands } from "./match-commands.ts";
import { type Found, useSearch } from "./use-search.ts";

export interface CommandMenuProps extends CommandPartProps {
  open: boolean;
  onClose: () => void;
  commands: Commands;
  ofShell: readonly ShellCommand[];
  recent: readonly VisitedPlace[];
}

/** Finds accounts and activities by text, recent places, and everything that the tab and its shell can do. */
export function CommandMenu(props: CommandMenuProps) {
  const { open, onClose } = props;
  const [text, setText] = useState("");
  const [wasOpen, setWasOpen] = useState(open);
  if (wasOpen !== open) {
    setWasOpen(open);
    setText("");
  }
  const found = useSearch(open ? text : "");
  const groups = open ? groupsOf(props, text, found) : [];
  return (
    <CommandPalette
      open={open}
      onClose={onClose}
      label="Search and commands"
      placeholder="Find accounts and activities, or type a command"
      text={text}
      onText={setText}
      groups={groups}
      status={describe(found, groups)}
    />
  );
}

function groupsOf(props: CommandMenuProps, text: string, found: Found): PaletteGroup[] {
  const { commands, ofShell, shell, recent, place, onPlace, onAccount, onActivity } = props;
  const others = recent.filter(({ accountId }) => accountId !== place?.accountId);
  const groups: PaletteGroup[] = [
    {
      value: "Recent",
      items: matchCommands(others, text)
        .slice(0, 5)
        .map(({ accountId, title, url }) => ({
          id: `place ${accountId}`,
          title,
          icon: <Clock />,
          hint: url.includes("&") ? "Filtered" : undefined,
          run: () => onPlace(url),
        })),
    },
    ...commandGroups.map((group) => ({
      value: group.name,
      items: matchCommands<CommandEntry & { readonly id: CommandId }>(group.commands, text).flatMap(
        ({ id, title, keys }): PaletteItem[] => {
          const run = commands.offered(id);
          if (!run || id === "menu") return [];
          return [{ id, title, keys, icon: iconOf(id), run }];
        },
      ),
    })),
    {
      value: "Window",
      items: matchCommands(ofShell, text).map(({ id, title, keys }) => ({
        id: `shell ${id}`,
        title,
        keys,
        icon: <AppWindow />,
        run: () => shell?.run(id),
      })),
    },
    {
      value: "Accounts",
      items: found.accounts.map(({ id, name, plan }) => ({
        id: `account ${id}`,
        title: name,
        icon: <Building2 />,
        hint: plan,
        run: () => onAccount(id),
      })),
    },
    {
      value: "Activities",
      items: found.activities.map((activity) => ({
        id: `activity ${activity.id}`,
        title: activity.title,
        icon: <KindIcon kind={activity.kind} />,
        hint: activity.account?.name,
        run: () => onActivity(activity),
      })),
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

function describe({ state }: Found, groups: readonly PaletteGroup[]): string {
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);
  if (state === "searching") return "Searching…";
  if (state === "offline") return "Accounts and activities cannot be searched without a network";
  if (state === "failed") return "Accounts and activities could not be searched";
  return count === 0 ? "Nothing found" : `${count} ${count === 1 ? "result" : "results"}`;
}
