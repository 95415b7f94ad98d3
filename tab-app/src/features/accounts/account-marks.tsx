import { Clock, Pencil } from "lucide-react";
import { useEditors } from "#data/hooks/use-work.ts";
import type { Unconfirmed } from "#data/outbox/overlay.ts";
import { editedIn } from "#features/conflict/who-words.ts";
import { wordsOfProgress } from "#features/outbox-words/outbox-words.ts";
import { useOnline } from "#features/outbox-words/use-online.ts";
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
