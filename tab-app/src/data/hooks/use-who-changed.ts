import { useEffect, useState } from "react";
import { readTabId, tabIdLock } from "#data/tabs/tab-id.ts";
import { heldLocks } from "#sync";
import { useSync } from "#sync/react";

/** The author of a change, as far as it is known. */
export interface WhoChanged {
  /** `here`: a tab of this browser. `outside`: an edit of the file or a script. */
  readonly where: "here" | "elsewhere" | "outside" | "unknown";
  /** "Tab B", for a change that a tab made. */
  readonly tabName: string | null;
  readonly userId: string | null;
}

const unknown: WhoChanged = { where: "unknown", tabName: null, userId: null };

/** The author of the change that gave a row this version. Null until the locks have been read. */
export function useWhoChanged(resource: string, id: string, version: number): WhoChanged | null {
  const { trace, tabId } = useSync();
  const [who, setWho] = useState<WhoChanged | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const entry = trace.entries.findLast(
      (each) =>
        each.type === "change" &&
        each.change.resource === resource &&
        each.change.id === id &&
        each.change.version === version,
    );
    const origin = entry?.type === "change" ? entry.change.origin : undefined;
    if (origin === undefined) {
      setWho(entry ? { ...unknown, where: "outside" } : unknown);
      return;
    }
    setWho(null);
    const { tabName, userId } = readTabId(origin);
    void heldLocks(tabIdLock, "shared").then((realms) => {
      if (!isCurrent) return;
      // Another window has a tab of the same name as this one.
      const isNamesake = origin !== tabId && tabName === readTabId(tabId).tabName;
      setWho({
        where: realms.has(origin) ? "here" : "elsewhere",
        tabName: isNamesake ? null : tabName,
        userId,
      });
    });
    return () => {
      isCurrent = false;
    };
  }, [trace, tabId, resource, id, version]);
  return who;
}
