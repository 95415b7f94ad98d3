import { useCallback, useEffect, useRef } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { useOutbox } from "#data/hooks/use-work.ts";
import { useCommand } from "#shared/commands/use-command.ts";
import { useCloseToast, useToast } from "#ui/popup/use-toast.ts";
import { describeDone, describeWrite } from "./describe-write.ts";

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

  const undo = useCallback(
    (key?: string) => {
      if (!undoStack.undo(key)) toast({ id: toastId, title: "Nothing to undo" });
    },
    [undoStack, toast],
  );
  const redo = useCallback(() => {
    if (!undoStack.redo()) toast({ id: toastId, title: "Nothing to redo" });
  }, [undoStack, toast]);
  useCommand("undo", undo);
  useCommand("redo", redo);

  useEffect(
    () =>
      undoStack.subscribe(({ is, write }) => {
        shown.current = write.key;
        if (is === "undone") {
          const action = { label: "Redo", onClick: redo };
          toast({ id: toastId, title: "Undone", description: describeWrite(write), action });
          return;
        }
        const action = { label: "Undo", onClick: () => undo(write.key) };
        toast({ id: toastId, ...describeDone(write), action });
      }),
    [undoStack, toast, undo, redo],
  );

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
