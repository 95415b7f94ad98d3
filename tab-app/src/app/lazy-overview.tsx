import { useEffect } from "react";
import type { OverviewProps } from "#features/overview/overview.tsx";
import type { OverviewPart } from "#features/overview/overview-part.ts";
import { PartFault } from "#ui/parts/part-fault.tsx";
import { usePart } from "#ui/parts/use-part.ts";

export interface LazyOverviewProps extends OverviewProps {
  part: OverviewPart;
}

export function LazyOverview({ part, ...props }: LazyOverviewProps) {
  const loaded = usePart(part);
  useEffect(() => part.request(), [part]);
  return loaded ? <loaded.Overview {...props} /> : <PartFault part={part} />;
}
