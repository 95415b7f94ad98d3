import { CircleAlert } from "lucide-react";
import { useState } from "react";
import type { AccountDetails } from "#contract/rows.ts";
import { useData } from "#data/hooks/use-data.ts";
import { useSend } from "#data/hooks/use-send.ts";
import { useTasks } from "#data/hooks/use-tasks.ts";
import { editSubject } from "#data/storage/draft-subject.ts";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";
import styles from "./delete-account.module.css";
import { describeParts } from "./describe-parts.ts";

export interface DeleteAccountProps {
  account: AccountDetails;
  /** Of the row at the server. */
  version: number;
  onDeleted: () => void;
}

/**
 * Deletes the account at once, as that can be undone. Our API keeps an account to which something belongs; a plain
 * json-server deletes that with it, for good.
 */
export function DeleteAccount({ account, version, onDeleted }: DeleteAccountProps) {
  const { api, drafts } = useData();
  const { mutate: send } = useSend();
  const { tasks } = useTasks(account.id);
  const [isAsking, setAsking] = useState(false);
  const { id, name, pinnedCount: _, activityCount = 0, lastActivityAt: __, ...row } = account;
  const parts = describeParts(activityCount, tasks.length);
  const isPlain = api.keepsLog === false;

  function go() {
    send({ type: "delete account", id, name, row: { ...row, id, name, version } });
    drafts.remove(editSubject(id));
    onDeleted();
  }

  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        className={styles.button}
        onClick={() => (isPlain || parts ? setAsking(true) : go())}
      >
        Delete account
      </Button>
      {isAsking && (isPlain || parts) && (
        <div className={styles.notice}>
          <Notice
            tone="amber"
            role="alert"
            icon={<CircleAlert />}
            actions={
              isPlain && (
                <Button size="sm" variant="danger" onClick={go}>
                  Delete all the same
                </Button>
              )
            }
          >
            {isPlain
              ? "This server deletes its activities and tasks with it, for good."
              : `It cannot be deleted while ${parts} to it. Delete those first.`}
          </Notice>
        </div>
      )}
    </>
  );
}
