import { usePart } from "#ui/parts/use-part.ts";
import { useOutboxPart } from "./outbox-part.ts";

/** Undo, and what asks about conflicts, as soon as they are loaded. */
export function LaterWork() {
  const parts = usePart(useOutboxPart());
  return (
    parts && (
      <>
        <parts.Conflicts />
        <parts.Undo />
      </>
    )
  );
}
