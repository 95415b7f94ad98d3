import { TriangleAlert } from "lucide-react";
import { useCallback, useState, useSyncExternalStore } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { TextButton } from "#ui/text-button.tsx";
import { ResolveConflict } from "./resolve-conflict.tsx";

export interface ConflictMarkProps {
  /** The kind of write that may conflict, and its row. */
  type: "edit note" | "edit task";
  id: string;
}

/** Shown while an edit of this row conflicts with another change and waits for the user. */
export function ConflictMark({ type, id }: ConflictMarkProps) {
  const { outbox } = useData();
  const [isOpen, setOpen] = useState(false);
  const read = useCallback(
    () =>
      outbox.entries.find(
        ({ write, state }) => state === "conflict" && write.type === type && write.id === id,
      ),
    [outbox, type, id],
  );
  const entry = useSyncExternalStore(outbox.subscribe, read);
  if (!entry) return null;
  return (
    <>
      <TextButton
        tone="red"
        icon={<TriangleAlert aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        Resolve conflict
      </TextButton>
      <ResolveConflict entry={entry} open={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
