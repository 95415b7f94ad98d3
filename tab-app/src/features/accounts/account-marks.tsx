import { Clock, Pencil } from "lucide-react";
import { useEditors } from "#data/use-work.ts";
import type { Unconfirmed } from "#data/writes/overlay.ts";
import { editedIn } from "#features/edit-account/who-words.ts";
import { wordsOfProgress } from "#features/outbox/outbox-words.ts";
import { useOnline } from "#features/outbox/use-online.ts";
import { AccountMark } from "./account-mark.tsx";

export interface AccountMarksProps {
  accountId: string;
  unconfirmed: Unconfirmed;
}

/** That somebody edits it elsewhere, and that an edit made here is not confirmed. */
export function AccountMarks({ accountId, unconfirmed }: AccountMarksProps) {
  const editors = useEditors(accountId);
  const isOnline = useOnline();
  return (
    <>
      {editors.length > 0 && <AccountMark icon={<Pencil />} words={editedIn(editors)} />}
      {unconfirmed && (
        <AccountMark
          icon={<Clock />}
          words={wordsOfProgress(unconfirmed, isOnline)}
          late={unconfirmed === "sending"}
        />
      )}
    </>
  );
}
