import { useCallback } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { useSend } from "#data/hooks/use-send.ts";
import type { FeedRow } from "#data/outbox/overlay.ts";
import { noteEditSubject } from "#data/storage/draft-subject.ts";
import { capitalize } from "#shared/text/capitalize.ts";
import { toastIdOf } from "#shared/unconfirmed/toast-id.ts";
import { useToast } from "#ui/popup/use-toast.ts";

/** Deletes a note at once, and offers to undo that. */
export function useDeleteNote(): (row: FeedRow) => void {
  const { outbox, drafts } = useData();
  const { mutate: send } = useSend();
  const toast = useToast();

  return useCallback(
    ({ version, unconfirmed, ...row }) => {
      const { id, accountId, title, kind } = row;
      const subject = noteEditSubject(accountId, id);
      const draft = drafts.get(subject);
      // One that the server has not dated yet is new when it comes back.
      const isDated = version > 0 || unconfirmed === null;
      const write = { type: "delete note", id, accountId, title, kind } as const;
      send(write);
      drafts.remove(subject);
      toast({
        id: toastIdOf(write),
        title: `${capitalize(kind)} deleted`,
        description: title,
        action: {
          label: "Undo",
          onClick() {
            if (draft) drafts.put(subject, draft.value);
            const entry = outbox.entries.findLast(
              ({ write }) => write.type === "delete note" && write.id === id,
            );
            // A delete that is sending or done is undone by a create; one that waits or failed is cancelled.
            if (entry && entry.state !== "sending") outbox.cancel(entry.write.key);
            else
              send({
                type: "create note",
                id,
                accountId,
                row,
                ...(isDated && { isRestored: true }),
              });
          },
        },
      });
    },
    [outbox, drafts, send, toast],
  );
}
