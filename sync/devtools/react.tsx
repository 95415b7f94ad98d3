import { useEffect, useRef } from "react";
import type { Devtools } from "./create-devtools.ts";
import type { InspectorTheme } from "./panel/mount-inspector.ts";

export interface SyncDevtoolsProps {
  readonly devtools: Devtools;
  readonly theme?: InspectorTheme;
}

/**
 * The panel as a component, as high as what it is put into. In TanStack Devtools:
 * `plugins={[{ id: "tandem-sync", name: "Sync", render: <SyncDevtools devtools={devtools} /> }]}`.
 */
export function SyncDevtools({ devtools, theme = "system" }: SyncDevtoolsProps) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!holder.current) return;
    return devtools.mount(holder.current, { theme }).unmount;
  }, [devtools, theme]);
  return <div ref={holder} style={{ height: "100%" }} />;
}
