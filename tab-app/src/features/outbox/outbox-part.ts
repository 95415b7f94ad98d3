import { type ComponentType, createContext, useContext } from "react";
import type { Part } from "#ui/parts/part.ts";
import type { FailedWritesProps } from "./failed-writes.tsx";
import type { OutboxListProps } from "./outbox-list.tsx";

/** What no first paint shows: the list, what became of writes, the questions about conflicts, and undo. */
export type OutboxPart = Part<{
  readonly OutboxList: ComponentType<OutboxListProps>;
  readonly FailedWrites: ComponentType<FailedWritesProps>;
  readonly returnRefusedNote: FailedWritesProps["restoreDraft"];
  readonly Conflicts: ComponentType;
  readonly Undo: ComponentType;
}>;

export const OutboxPartContext = createContext<OutboxPart | null>(null);

export function useOutboxPart(): OutboxPart {
  const part = useContext(OutboxPartContext);
  if (!part) throw new Error("The outbox needs an OutboxPartContext above");
  return part;
}
