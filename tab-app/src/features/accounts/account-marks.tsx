import { Clock, Pencil } from "lucide-react";
import { useEditors } from "#data/hooks/use-work.ts";
import type { Unconfirmed } from "#data/outbox/overlay.ts";
import { describeEditors } from "#shared/attribution/describe-attribution.ts";
import { describeProgress } from "#shared/unconfirmed/describe-progress.ts";
import { useOnline } from "#shared/unconfirmed/use-online.ts";
import { AccountMark } from "./account-mark.tsx";

export interface AccountMarksProps {
  accountId: string;
  unconfirmed: Unconfirmed;
}

/** Marks an account that is being edited in another tab, or has an unconfirmed edit in this one. */
export function AccountMarks({ accountId, unconfirmed }: AccountMarksProps) {
  const editors = useEditors(accountId);
  const isOnline = useOnline();
  return (
    <>
      {editors.length > 0 && <AccountMark icon={<Pencil />} text={describeEditors(editors)} />}
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
