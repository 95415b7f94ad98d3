import { useEffect, useRef } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { useOutbox } from "#data/hooks/use-work.ts";
import type { OutboxEntry } from "#data/outbox/outbox.ts";
import { describeError } from "#data/server/api-error.ts";
import type { Drafts } from "#data/storage/drafts.ts";
import { useCloseToast, useToast } from "#ui/popup/use-toast.ts";
import { describeFailedWrite } from "./describe-write.ts";

export interface FailedWritesProps {
  /** Those that had failed when the page was loaded: they are only in the outbox list. */
  known: readonly OutboxEntry[];
  /** Turns the text of a refused write back into a draft; false where that is not possible. */
  restoreDraft: (entry: OutboxEntry, drafts: Drafts) => boolean;
}

/** Shows a toast for each write that fails. */
export function FailedWrites({ known, restoreDraft }: FailedWritesProps) {
  const { outbox, drafts } = useData();
  const entries = useOutbox();
  const toast = useToast();
  const close = useCloseToast();
  const shown = useRef<ReadonlyMap<string, OutboxEntry> | null>(null);

  useEffect(() => {
    const failed = new Map(
      entries.filter(({ state }) => state === "failed").map((entry) => [entry.write.key, entry]),
    );
    const before = shown.current ?? new Map(known.map((entry) => [entry.write.key, entry]));
    for (const key of before.keys()) if (!failed.has(key)) close(toastIdOf(key));
    const news = [...failed.values()].filter(({ write }) => !before.has(write.key));
    for (const entry of news) {
      const { key } = entry.write;
      const together = news.filter(({ batch }) => batch && batch === entry.batch);
      if (together.length > 1) {
        // One for all of them.
        if (entry !== together[0]) continue;
        toast({
          id: toastIdOf(key),
          tone: "danger",
          title: `${together.length} changes could not be made`,
          description: "Each is in the unsent changes, with the reason",
        });
        continue;
      }
      const message = {
        id: toastIdOf(key),
        tone: "danger",
        title: describeFailedWrite(entry.write),
      } as const;
      if (restoreDraft(entry, drafts)) {
        toast({ ...message, description: "What you typed was put back" });
        failed.delete(key);
        outbox.cancel(key);
        continue;
      }
      toast({
        ...message,
        description: describeError(entry.error).title,
        action: { label: "Try again", onClick: () => outbox.retry(key) },
      });
    }
    shown.current = failed;
  }, [entries, outbox, drafts, known, restoreDraft, toast, close]);

  return null;
}

function toastIdOf(key: string): string {
  return `write ${key}`;
}
