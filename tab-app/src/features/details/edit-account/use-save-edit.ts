import { useEffect, useRef } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { usePendingEdits } from "#data/hooks/use-pending-edits.ts";
import { useSend } from "#data/hooks/use-send.ts";
import type { AccountFields } from "#data/outbox/fields.ts";
import { isPending } from "#data/outbox/outbox.ts";

export interface Edit {
  readonly base: { readonly version: number; readonly fields: AccountFields };
  readonly changes: Partial<AccountFields>;
}

export interface SaveEdit {
  readonly isSaving: boolean;
  /** Resolves with the error; null where there is none, or where the outbox goes on with the edit. */
  save(edit: Edit): Promise<unknown>;
}

/** Sends an edit and closes its form once it is confirmed, or as soon as it has to wait. */
export function useSaveEdit(accountId: string, onClose: () => void): SaveEdit {
  const { outbox } = useData();
  const { mutateAsync, status } = useSend();
  // Confirmed, it is not edited again: the form closes.
  const isSaving = status === "pending" || status === "success";
  const isOpen = useRef(false);
  const isWaiting = usePendingEdits().get(accountId) === "waiting";

  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);

  useEffect(() => {
    if (isSaving && isWaiting) onClose();
  }, [isSaving, isWaiting, onClose]);

  /** The form has what the failed edits said, and shows what became of them. */
  function takeBackFailed() {
    for (const entry of outbox.entries) {
      const { type, id, key } = entry.write;
      if (type === "edit account" && id === accountId && !isPending(entry)) outbox.cancel(key);
    }
  }

  return {
    isSaving,
    async save(edit) {
      takeBackFailed();
      try {
        await mutateAsync({ type: "edit account", id: accountId, ...edit });
        if (isOpen.current) onClose();
        return null;
      } catch (error) {
        if (!isOpen.current) return null;
        takeBackFailed();
        return error;
      }
    },
  };
}
