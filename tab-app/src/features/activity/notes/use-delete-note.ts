import { useCallback } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { useSend } from "#data/hooks/use-send.ts";
import type { FeedRow } from "#data/outbox/overlay.ts";
import { noteEditSubject } from "#data/storage/draft-subject.ts";
import type { Drafts } from "#data/storage/drafts.ts";

/** Deletes a note at once. */
export function useDeleteNote(): (row: FeedRow) => void {
  const { drafts } = useData();
  const { mutate: send } = useSend();
  return useCallback((row) => send(deletionOf(row, drafts)), [drafts, send]);
}

/** The write that deletes a note. What was typed over it and not saved goes with it. */
export function deletionOf(
  { version, unconfirmed, ...row }: FeedRow,
  drafts: Pick<Drafts, "get" | "remove">,
) {
  const { id, accountId, title, kind } = row;
  const subject = noteEditSubject(accountId, id);
  const draft = drafts.get(subject)?.value;
  drafts.remove(subject);
  // One that the server has not dated yet is new when it comes back.
  const isDated = version > 0 || unconfirmed === null;
  const shown = isDated ? { ...row, version } : row;
  const write = { type: "delete note", id, accountId, title, kind, row: shown } as const;
  return { ...write, ...(draft ? { draft } : {}) };
}
