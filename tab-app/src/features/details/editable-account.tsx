import { Pencil } from "lucide-react";
import { type ComponentType, type ReactNode, useCallback, useRef, useState } from "react";
import type { AccountDetails } from "#contract/rows.ts";
import { useData } from "#data/hooks/use-data.ts";
import { useMayWrite } from "#data/hooks/use-may-write.ts";
import { usePendingEdits } from "#data/hooks/use-pending-edits.ts";
import { useCommand } from "#shared/commands/use-command.ts";
import { useAppPart } from "#shared/lazy/app-part.ts";
import { PeopleHere } from "#shared/people/people-here.tsx";
import { UnconfirmedMark } from "#shared/unconfirmed/unconfirmed-mark.tsx";
import { Button } from "#ui/button.tsx";
import { usePart } from "#ui/parts/use-part.ts";
import styles from "./account-details.module.css";
import { AccountFacts } from "./account-facts.tsx";
import { AccountHeading } from "./account-heading.tsx";
import { useEditPart } from "./edit-part.ts";
import type { AccountHistoryProps } from "./history/account-history.tsx";

export interface EditableAccountProps {
  account: AccountDetails;
  /** Of the row at the server, without the pending edits of this tab. */
  version: number;
  /** Shown when the row may be stale because a read failed. */
  problem: ReactNode;
  onShowPinned: () => void;
  /** The account is deleted. */
  onLeave: () => void;
  /** Beside the button that edits. */
  action?: ReactNode;
  /** Below the facts. */
  children?: ReactNode;
}

export function EditableAccount({
  account,
  version,
  problem,
  onShowPinned,
  onLeave,
  action,
  children,
}: EditableAccountProps) {
  const { id, name } = account;
  const mayWrite = useMayWrite();
  const part = useEditPart();
  const form = usePart(part);
  const [wantsEdit, setEditing] = useState(false);
  const isEditing = wantsEdit && form !== null;
  const edit = () => {
    setEditing(true);
    if (!form) part.request();
  };
  useCommand("edit account", edit, mayWrite && !isEditing);
  const pending = usePendingEdits().get(id);
  const keepsHistory = useData().api.keepsLog !== false;
  const [showsHistory, setShowsHistory] = useState(false);
  const parts = useAppPart<{ AccountHistory: ComponentType<AccountHistoryProps> }>(showsHistory);
  useCommand("account history", () => setShowsHistory(true), keepsHistory);
  const details = useRef<HTMLDivElement>(null);

  // The button and the form replace each other, and pass the focus on.
  const returnsFocus = useRef(false);
  const close = useCallback(() => {
    const { activeElement, body } = document;
    returnsFocus.current = activeElement === body || !!details.current?.contains(activeElement);
    setEditing(false);
  }, []);
  const takeFocus = (button: HTMLButtonElement | null) => {
    if (!button || !returnsFocus.current) return;
    returnsFocus.current = false;
    button.focus();
  };

  return (
    <div ref={details} className={styles.details}>
      <AccountHeading
        name={name}
        mark={
          <>
            <PeopleHere accountId={id} most={4} size="md" />
            {pending && <UnconfirmedMark state={pending} />}
          </>
        }
        action={
          <>
            {action}
            {mayWrite && !isEditing && (
              <Button ref={takeFocus} size="sm" icon={<Pencil aria-hidden="true" />} onClick={edit}>
                Edit
              </Button>
            )}
          </>
        }
      />
      <div className={styles.notices}>
        {problem}
        {mayWrite && form && (
          <form.EditNotices account={account} isEditing={isEditing} onContinue={edit} />
        )}
      </div>
      <div className={styles.main}>
        {isEditing ? (
          <form.EditAccount
            account={account}
            version={version}
            onClose={close}
            onDeleted={onLeave}
          />
        ) : (
          <AccountFacts
            account={account}
            onShowPinned={onShowPinned}
            onShowHistory={keepsHistory ? () => setShowsHistory(true) : undefined}
          />
        )}
      </div>
      {children}
      {parts && (
        <parts.AccountHistory
          account={account}
          version={version}
          open={showsHistory}
          onClose={() => setShowsHistory(false)}
        />
      )}
    </div>
  );
}
