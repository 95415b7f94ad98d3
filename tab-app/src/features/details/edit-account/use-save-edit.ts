import { useEffect, useRef, useState } from "react";
import { useData } from "#data/hooks/use-data.ts";
import { usePendingEdits } from "#data/hooks/use-pending-edits.ts";
import type { AccountFields } from "#data/outbox/write.ts";

export interface Edit {
  readonly base: { readonly version: number; readonly fields: AccountFields };
  readonly changes: Partial<AccountFields>;
}

export interface SaveEdit {
  readonly isSaving: boolean;
  /** Resolves with what went wrong; null where nothing did, or where the outbox goes on with it. */
  save(edit: Edit): Promise<unknown>;
}

/** Sends an edit and closes its form once it is confirmed, or as soon as it has to wait. */
export function useSaveEdit(accountId: string, onClose: () => void): SaveEdit {
  const { outbox } = useData();
  const [isSaving, setSaving] = useState(false);
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

  /** The form has what they said, and shows what became of it. */
  function takeBackFailed() {
    for (const { write, state } of outbox.entries)
      if (
        write.type === "edit account" &&
        write.id === accountId &&
        state !== "sending" &&
        state !== "waiting"
      )
        outbox.cancel(write.key);
  }

  return {
    isSaving,
    async save(edit) {
      takeBackFailed();
      setSaving(true);
      try {
        await outbox.send({ type: "edit account", id: accountId, ...edit });
        if (isOpen.current) onClose();
        return null;
      } catch (error) {
        if (!isOpen.current) return null;
        takeBackFailed();
        setSaving(false);
        return error;
      }
    },
  };
}
