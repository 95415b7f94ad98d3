import { type ComponentType, createContext, useContext, useEffect } from "react";
import type { Part } from "#ui/parts/part.ts";
import { usePart } from "#ui/parts/use-part.ts";
import type { ResolveConflictProps } from "./resolve-conflict-part.tsx";

/** The questions about a conflict, which no first paint shows. */
export type ConflictPart = Part<{
  readonly ResolveConflictPart: ComponentType<ResolveConflictProps>;
}>;

export const ConflictPartContext = createContext<ConflictPart | null>(null);

/** Asks how to resolve a conflicting write, and replaces it by the outcome. */
export function ResolveConflict(props: ResolveConflictProps) {
  const part = useContext(ConflictPartContext);
  if (!part) throw new Error("A conflict needs a ConflictPartContext above");
  const parts = usePart(part);
  const { open } = props;
  useEffect(() => {
    if (open) part.request();
  }, [open, part]);
  return parts && <parts.ResolveConflictPart {...props} />;
}
