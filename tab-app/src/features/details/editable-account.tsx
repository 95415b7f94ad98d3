import { Pencil } from "lucide-react";
import { type ReactNode, useCallback, useRef, useState } from "react";
import { usePendingEdits } from "#data/hooks/use-pending-edits.ts";
import type { AccountRow } from "#data/queries/accounts.ts";
import { UnconfirmedMark } from "#shared/unconfirmed/unconfirmed-mark.tsx";
import { Button } from "#ui/button.tsx";
import styles from "./account-details.module.css";
import { AccountFacts } from "./account-facts.tsx";
import { AccountHeading } from "./account-heading.tsx";
import { DraftNotice } from "./edit-account/draft-notice.tsx";
import { EditAccount } from "./edit-account/edit-account.tsx";
import { EditorsNotice } from "./edit-account/editors-notice.tsx";

export interface EditableAccountProps {
  account: AccountRow;
  /** Of the row at the server, below what is pending here. */
  version: number;
  /** Why what is shown may be old. */
  problem: ReactNode;
}

export function EditableAccount({ account, version, problem }: EditableAccountProps) {
  const { id, name } = account;
  const [isEditing, setEditing] = useState(false);
  const pending = usePendingEdits().get(id);
  const details = useRef<HTMLDivElement>(null);

  // The button and the form take each other's place, and the keyboard's focus with it.
  const givesFocusBack = useRef(false);
  const close = useCallback(() => {
    const { activeElement, body } = document;
    givesFocusBack.current = activeElement === body || !!details.current?.contains(activeElement);
    setEditing(false);
  }, []);
  const takeFocus = (button: HTMLButtonElement | null) => {
    if (!button || !givesFocusBack.current) return;
    givesFocusBack.current = false;
    button.focus();
  };

  return (
    <div ref={details} className={styles.details}>
      <AccountHeading
        name={name}
        mark={pending && <UnconfirmedMark state={pending} />}
        action={
          !isEditing && (
            <Button
              ref={takeFocus}
              size="sm"
              icon={<Pencil aria-hidden="true" />}
              onClick={() => setEditing(true)}
            >
              Edit
            </Button>
          )
        }
      />
      <div className={styles.notices}>
        {problem}
        <EditorsNotice accountId={id} />
        {!isEditing && <DraftNotice account={account} onContinue={() => setEditing(true)} />}
      </div>
      <div className={styles.main}>
        {isEditing ? (
          <EditAccount account={account} version={version} onClose={close} />
        ) : (
          <AccountFacts account={account} />
        )}
      </div>
    </div>
  );
}
