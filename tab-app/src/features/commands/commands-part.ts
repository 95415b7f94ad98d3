import type { ComponentType } from "react";
import type { ShellDoor } from "#contract/mount.ts";
import type { Activity } from "#contract/rows.ts";
import type { VisitedPlace } from "#data/storage/places.ts";

export interface CommandPartProps {
  /** The place that is shown; null for one that is no account, or has no name yet. */
  place: VisitedPlace | null;
  /** Opens a place by its URL. */
  onPlace: (url: string) => void;
  onAccount: (accountId: string) => void;
  onActivity: (activity: Pick<Activity, "id" | "accountId" | "at">) => void;
  /** Null in a browser tab of its own. */
  shell: ShellDoor | null;
}

/** What no first paint shows: the command menu, the shortcuts, and what their keys do. */
export interface CommandParts {
  readonly CommandPart: ComponentType<CommandPartProps>;
}
