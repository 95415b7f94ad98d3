import type { ComponentType } from "react";
import type { FailedWritesProps } from "./failed-writes.tsx";
import type { OutboxListProps } from "./outbox-list.tsx";

/** What no first paint shows: the list, what became of writes, the questions about conflicts, and undo. */
export interface OutboxParts {
  readonly OutboxList: ComponentType<OutboxListProps>;
  readonly FailedWrites: ComponentType<FailedWritesProps>;
  readonly returnRefusedNote: FailedWritesProps["restoreDraft"];
  readonly Conflicts: ComponentType;
  readonly Undo: ComponentType;
}
