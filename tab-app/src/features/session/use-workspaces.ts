import { useEffect, useState } from "react";
import type { Workspaces } from "#data/server/access.ts";
import { useAccess } from "./use-access.ts";

const none: Workspaces = { workspaces: [], current: "" };

/** The workspaces of this person, read each time that `isAsked` becomes true. None until then, and where that fails. */
export function useWorkspaces(isAsked: boolean): Workspaces {
  const access = useAccess();
  const [known, setKnown] = useState(none);
  useEffect(() => {
    // The menu has all else without it.
    if (isAsked) access.workspaces().then(setKnown, () => {});
  }, [access, isAsked]);
  return known;
}
