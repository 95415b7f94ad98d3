import { Clock, Pencil } from "lucide-react";
import type { Unconfirmed } from "#data/outbox/overlay.ts";
import { PeopleHere } from "#shared/people/people-here.tsx";
import { useEditorsText } from "#shared/people/use-editors-text.ts";
import { describeProgress } from "#shared/unconfirmed/describe-progress.ts";
import { useOnline } from "#shared/unconfirmed/use-online.ts";
import { AccountMark } from "./account-mark.tsx";

export interface AccountMarksProps {
  accountId: string;
  unconfirmed: Unconfirmed;
}

/** Marks an account that is looked at or edited in another tab, or has an unconfirmed edit in this one. */
export function AccountMarks({ accountId, unconfirmed }: AccountMarksProps) {
  const { text: editing } = useEditorsText(accountId);
  const isOnline = useOnline();
  return (
    <>
      <PeopleHere accountId={accountId} most={2} />
      {editing && <AccountMark icon={<Pencil />} text={editing} />}
      {unconfirmed && (
        <AccountMark
          icon={<Clock />}
          text={describeProgress(unconfirmed, isOnline)}
          late={unconfirmed === "sending"}
        />
      )}
    </>
  );
}
