import { ArrowLeft, ArrowRight, Copy, Ellipsis, Maximize2, Minimize2, Pencil } from "lucide-react";
import { keysOfChord } from "#contract/chords.ts";
import { IconButton } from "#ui/icon-button.tsx";
import { Keys } from "#ui/keys.tsx";
import { Menu } from "#ui/popup/menu.tsx";
import type { PaneActions } from "./pane-actions.ts";
import type { PanePlace } from "./pane-place.ts";

export interface PaneMenuProps {
  title: string;
  place: PanePlace;
  actions: PaneActions;
}

/** What is done to a pane less often. */
export function PaneMenu({ title, place, actions }: PaneMenuProps) {
  return (
    <Menu
      trigger={<IconButton size="sm" label={`More for ${title}`} icon={<Ellipsis />} />}
      items={[
        {
          label: place.alone ? "Show all tabs" : "Maximise",
          icon: place.alone ? <Minimize2 /> : <Maximize2 />,
          hint: <Keys keys={keysOfChord("maximise")} />,
          onSelect: actions.maximise,
        },
        {
          label: "Move back",
          icon: <ArrowLeft />,
          hint: <Keys keys={keysOfChord("move-back")} />,
          disabled: place.first,
          onSelect: () => actions.move(-1),
        },
        {
          label: "Move on",
          icon: <ArrowRight />,
          hint: <Keys keys={keysOfChord("move-on")} />,
          disabled: place.last,
          onSelect: () => actions.move(1),
        },
        { label: "Rename…", icon: <Pencil />, separated: true, onSelect: actions.askName },
        {
          label: "Duplicate",
          icon: <Copy />,
          disabled: place.full,
          onSelect: actions.duplicate,
        },
      ]}
    />
  );
}
