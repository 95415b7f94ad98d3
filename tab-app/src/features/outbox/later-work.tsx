import { useState } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { usePart } from "#ui/parts/use-part.ts";
import { useOutboxPart } from "./outbox-part.ts";

/** Undo, and what says and asks what became of writes, as soon as they are loaded. */
export function LaterWork() {
  const parts = usePart(useOutboxPart());
  const { outbox } = useData();
  const [failed] = useState(() => outbox.entries.filter(({ state }) => state === "failed"));
  return (
    parts && (
      <>
        <parts.FailedWrites known={failed} restoreDraft={parts.returnRefusedNote} />
        <parts.Conflicts />
        <parts.Undo />
      </>
    )
  );
}
