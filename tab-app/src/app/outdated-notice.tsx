import { useEffect, useState, useSyncExternalStore } from "react";
import { useOutdated } from "#sync/react";
import { UpdateNotice } from "#ui/update-notice.tsx";
import { useTab } from "./tab-context.ts";

/**
 * Shown when the server serves another build, or another tab runs another version of the protocol. In a pane the
 * shell says it, once for all of them.
 */
export function OutdatedNotice() {
  const { builds, onOutdated } = useTab();
  const served = useSyncExternalStore(builds.subscribe, () => builds.other);
  const isBesideOther = useOutdated();
  const version = served ?? (isBesideOther ? "another" : null);
  const [seen, setSeen] = useState<string | null>(null);
  useEffect(() => {
    onOutdated?.(version);
  }, [onOutdated, version]);
  if (onOutdated || version === null || version === seen) return null;
  return <UpdateNotice onLater={() => setSeen(version)} />;
}
