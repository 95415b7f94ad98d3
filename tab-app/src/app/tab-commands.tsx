import { useState } from "react";
import { useAccountName } from "#data/hooks/use-listed-account.ts";
import { isFiltering, noFilter } from "#data/queries/feed-filter.ts";
import { CommandPart } from "#features/commands/command-part.tsx";
import { useCommand, useOpeningCommand } from "#shared/commands/use-command.ts";
import { useCopyLink } from "#shared/links/use-copy-link.ts";
import { PartFault } from "#ui/parts/part-fault.tsx";
import { usePart } from "#ui/parts/use-part.ts";
import { chooseTheme, shownTheme } from "#ui/theme.ts";
import { inspectorPart } from "./inspector-part.ts";
import { formatRoute, noRoute, type PanelName, parseRoute, useLocation } from "./location.ts";
import { useTab } from "./tab-context.ts";
import type { Rail } from "./use-rail.ts";

export interface TabCommandsProps {
  rail: Rail;
  onShowFilter: () => void;
  onShowTasks: () => void;
}

/** What the tab as a whole can do; what is shown in it offers its own commands. */
export function TabCommands({ rail, onShowFilter, onShowTasks }: TabCommandsProps) {
  const location = useLocation();
  const { accountId, filter, hidden, list } = location;
  const title = useAccountName(accountId, list);
  const { standalone, shell = null } = useTab();
  const copyLink = useCopyLink();
  const isAccount = accountId !== null;
  const toggle = (panel: PanelName) => location.setHidden(panel, !hidden.has(panel));

  useCommand("overview", () => location.chooseAccount(null), isAccount);
  useCommand("pinned", () => location.setFilter({ ...noFilter, pinned: true }), isAccount);
  useCommand("toggle details", () => toggle("details"), isAccount);
  useCommand("toggle activity", () => toggle("activity"), isAccount);
  useOpeningCommand("filter feed", onShowFilter, isAccount && !hidden.has("activity"));
  useOpeningCommand("tasks", onShowTasks, isAccount && !hidden.has("details"));
  useCommand("copy link", () => isAccount && copyLink({ accountId }), isAccount);
  const isFiltered = isAccount && isFiltering(filter);
  useCommand("copy feed link", () => isAccount && copyLink({ accountId, filter }), isFiltered);
  useCommand("toggle rail", rail.toggle);
  useCommand(
    "toggle theme",
    () => chooseTheme(shownTheme() === "dark" ? "light" : "dark"),
    standalone,
  );

  const [isInspecting, setInspecting] = useState(false);
  const inspector = usePart(inspectorPart);
  useCommand(
    "inspector",
    () => {
      inspectorPart.request();
      setInspecting(!isInspecting);
    },
    standalone,
  );

  const url = formatRoute({ ...noRoute, accountId, filter });
  return (
    <>
      <CommandPart
        place={isAccount && title !== undefined ? { accountId, title, url } : null}
        onPlace={(url) => location.open(parseRoute(url))}
        onAccount={location.chooseAccount}
        onActivity={location.openActivity}
        shell={shell}
      />
      {isInspecting && inspector && <inspector.TabInspector onClose={() => setInspecting(false)} />}
      {isInspecting && !inspector && <PartFault part={inspectorPart} />}
    </>
  );
}
