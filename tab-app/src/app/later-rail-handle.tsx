import type { ComponentType } from "react";
import { useAppPart } from "#shared/lazy/app-part.ts";
import type { RailHandleProps } from "./rail-handle.tsx";

/** The edge of the column, as soon as it is loaded. */
export function LaterRailHandle(props: RailHandleProps) {
  const parts = useAppPart<{ RailHandle: ComponentType<RailHandleProps> }>();
  return parts && <parts.RailHandle {...props} />;
}
