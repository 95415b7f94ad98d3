import { TriangleAlert } from "lucide-react";
import { useCallback, useState, useSyncExternalStore } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { ResolveConflict } from "#shared/conflict/resolve-conflict.tsx";
import styles from "./note-mark.module.css";

export interface ConflictMarkProps {
  activityId: string;
}

/** Shown while an edit of this note conflicts with another change and waits for the user. */
export function ConflictMark({ activityId }: ConflictMarkProps) {
  const { outbox } = useData();
  const [isOpen, setOpen] = useState(false);
  const read = useCallback(
    () =>
      outbox.entries.find(
        ({ write, state }) =>
          state === "conflict" && write.type === "edit note" && write.id === activityId,
      ),
    [outbox, activityId],
  );
  const entry = useSyncExternalStore(outbox.subscribe, read);
  if (!entry) return null;
  return (
    <>
      <button
        type="button"
        data-tone="red"
        className={`tone ${styles.mark}`}
        onClick={() => setOpen(true)}
      >
        <TriangleAlert aria-hidden="true" />
        Resolve conflict
      </button>
      <ResolveConflict entry={entry} open={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
