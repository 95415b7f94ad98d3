import { useCallback, useEffect, useRef } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { useOutbox } from "#data/hooks/use-work.ts";
import { useCommand } from "#shared/commands/use-command.ts";
import { useCloseToast, useToast } from "#ui/popup/use-toast.ts";
import { describeAllDone } from "./describe-all-done.ts";
import { describeDone, describeWrite } from "./describe-write.ts";

/** One toast for all that the user does: the next takes the place of the last. */
const toastId = "done";

/** Offers to undo what the user did, in a toast and by the keyboard. */
export function Undo() {
  const { undoStack } = useData();
  const entries = useOutbox();
  const toast = useToast();
  const close = useCloseToast();
  /** The keys of the writes that the toast is about. */
  const shown = useRef<readonly string[]>([]);

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
      undoStack.subscribe(({ is, writes }) => {
        const [write] = writes;
        if (!write) return;
        shown.current = writes.map(({ key }) => key);
        if (is === "undone") {
          const action = { label: "Redo", onClick: redo };
          const description = writes.length > 1 ? describeAllDone(writes) : describeWrite(write);
          toast({ id: toastId, title: "Undone", description, action });
          return;
        }
        const action = { label: "Undo", onClick: () => undo(write.key) };
        const done = writes.length > 1 ? { title: describeAllDone(writes) } : describeDone(write);
        toast({ id: toastId, ...done, action });
      }),
    [undoStack, toast, undo, redo],
  );

  // What was refused was rolled back: there is nothing to undo, and the toast of the failure says so.
  const failed = entries.filter(({ state }) => state === "failed" || state === "conflict");
  const hasFailed =
    shown.current.length > 0 &&
    shown.current.every((key) => failed.some(({ write }) => write.key === key));
  useEffect(() => {
    if (hasFailed) close(toastId);
  }, [hasFailed, close]);

  return null;
}
