import { useState } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { useAppPart } from "#shared/lazy/app-part.ts";
import type { OutboxParts } from "./outbox-part.ts";

/** Undo, and what says and asks what became of writes, as soon as they are loaded. */
export function LaterWork() {
  const parts = useAppPart<OutboxParts>();
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
