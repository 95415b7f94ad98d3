import { useEffect, useRef } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { useOutbox } from "#data/hooks/use-work.ts";
import { useCloseToast, useToast } from "#ui/popup/use-toast.ts";
import { describeDone, describeWrite } from "./describe-write.ts";
import { undoKeyOf } from "./undo-keys.ts";

/** One toast for all that the user does: the next takes the place of the last. */
const toastId = "done";

/** Offers to undo what the user did, in a toast and by the keyboard. */
export function Undo() {
  const { undoStack } = useData();
  const entries = useOutbox();
  const toast = useToast();
  const close = useCloseToast();
  /** The key of the write that the toast is about. */
  const shown = useRef<string | null>(null);

  useEffect(() => {
    const undo = (key?: string) => {
      if (!undoStack.undo(key)) toast({ id: toastId, title: "Nothing to undo" });
    };
    const redo = () => {
      if (!undoStack.redo()) toast({ id: toastId, title: "Nothing to redo" });
    };
    const forget = undoStack.subscribe(({ is, write }) => {
      shown.current = write.key;
      if (is === "undone") {
        const action = { label: "Redo", onClick: redo };
        toast({ id: toastId, title: "Undone", description: describeWrite(write), action });
        return;
      }
      const action = { label: "Undo", onClick: () => undo(write.key) };
      toast({ id: toastId, ...describeDone(write), action });
    });
    const onKeyDown = (event: KeyboardEvent) => {
      const key = undoKeyOf(event);
      if (!key) return;
      event.preventDefault();
      if (key === "undo") undo();
      else redo();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => {
      forget();
      window.removeEventListener("keydown", onKeyDown);
    };
  }, [undoStack, toast]);

  // What was refused was rolled back: there is nothing to undo, and the toast of the failure says so.
  const hasFailed = entries.some(
    ({ write, state }) =>
      write.key === shown.current && (state === "failed" || state === "conflict"),
  );
  useEffect(() => {
    if (hasFailed) close(toastId);
  }, [hasFailed, close]);

  return null;
}
