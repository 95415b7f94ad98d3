import type { ComponentType } from "react";
import { useAppPart } from "#shared/lazy/app-part.ts";
import type { ResolveConflictProps } from "./resolve-conflict-part.tsx";

/** Asks how to resolve a conflicting write, and replaces it by the outcome. No first paint shows that. */
export function ResolveConflict(props: ResolveConflictProps) {
  const parts = useAppPart<{ ResolveConflictPart: ComponentType<ResolveConflictProps> }>();
  return parts && <parts.ResolveConflictPart {...props} />;
}
