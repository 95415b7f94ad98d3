import { useEffect, useState } from "react";
import { readTabId, tabIdLock } from "#data/tabs/tab-id.ts";
import { heldLocks } from "#sync";
import { useSync } from "#sync/react";

/** Who made a change, as far as that can be told. */
export interface WhoChanged {
  /** `here`: in another tab of this browser. `outside`: by hand or by a script. */
  readonly where: "here" | "elsewhere" | "outside" | "unknown";
  /** "Tab B", where a tab made it. */
  readonly tabName: string | null;
  readonly userId: string | null;
}

const unknown: WhoChanged = { where: "unknown", tabName: null, userId: null };

/** Who made the change that gave a row this version. Null for the moment in which that is found out. */
export function useWhoChanged(resource: string, id: string, version: number): WhoChanged | null {
  const { trace } = useSync();
  const [who, setWho] = useState<WhoChanged | null>(null);
  useEffect(() => {
    let wanted = true;
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
      if (wanted) setWho({ where: realms.has(origin) ? "here" : "elsewhere", tabName, userId });
    });
    return () => {
      wanted = false;
    };
  }, [trace, resource, id, version]);
  return who;
}
