import { useEffect, useRef } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { useOutbox } from "#data/hooks/use-work.ts";
import type { OutboxEntry } from "#data/outbox/outbox.ts";
import { describeError } from "#data/server/api-error.ts";
import { returnRefusedNote } from "#features/notes/return-refused-note.ts";
import { wordsOfFailure } from "#features/outbox-words/outbox-words.ts";
import { toastIdOf } from "#features/outbox-words/toast-id.ts";
import { useCloseToast, useToast } from "#ui/use-toast.ts";

/** Says of each write that fails that it did. What had failed before a reload is in the list only. */
export function FailedWrites() {
  const { outbox, drafts } = useData();
  const entries = useOutbox();
  const toast = useToast();
  const close = useCloseToast();
  const told = useRef<ReadonlyMap<string, OutboxEntry> | null>(null);

  useEffect(() => {
    const failed = new Map(
      entries.filter(({ state }) => state === "failed").map((entry) => [entry.write.key, entry]),
    );
    const before = told.current ?? failed;
    for (const [key, { write }] of before) if (!failed.has(key)) close(toastIdOf(write));
    for (const [key, entry] of failed) {
      if (before.has(key)) continue;
      const words = {
        id: toastIdOf(entry.write),
        tone: "danger",
        title: wordsOfFailure(entry.write),
      } as const;
      if (returnRefusedNote(entry, drafts)) {
        toast({ ...words, description: "What you typed was put back" });
        failed.delete(key);
        outbox.cancel(key);
        continue;
      }
      toast({
        ...words,
        description: describeError(entry.error).title,
        action: { label: "Try again", onClick: () => outbox.retry(key) },
      });
    }
    told.current = failed;
  }, [entries, outbox, drafts, toast, close]);

  return null;
}
