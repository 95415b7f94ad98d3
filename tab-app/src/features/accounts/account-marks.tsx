import { Clock, Pencil } from "lucide-react";
import { useIsUnread } from "#data/hooks/use-unread.ts";
import type { Unconfirmed } from "#data/outbox/overlay.ts";
import { PeopleHere } from "#shared/people/people-here.tsx";
import { useEditorsText } from "#shared/people/use-editors-text.ts";
import { describeProgress } from "#shared/unconfirmed/describe-progress.ts";
import { useOnline } from "#shared/unconfirmed/use-online.ts";
import { AccountMark } from "./account-mark.tsx";
import styles from "./account-marks.module.css";

export interface AccountMarksProps {
  accountId: string;
  unconfirmed: Unconfirmed;
}

/** Marks an account that others have changed, look at or edit, or that has an unconfirmed edit in this tab. */
export function AccountMarks({ accountId, unconfirmed }: AccountMarksProps) {
  const { text: editing } = useEditorsText(accountId);
  const isUnread = useIsUnread(accountId);
  const isOnline = useOnline();
  return (
    <>
      {isUnread && (
        <span className={styles.unread} title="Changed since you last looked">
          <span className="visually-hidden">Changed since you last looked</span>
        </span>
      )}
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
