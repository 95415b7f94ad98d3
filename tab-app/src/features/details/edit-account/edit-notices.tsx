import type { AccountDetails } from "#contract/rows.ts";
import { DraftNotice } from "./draft-notice.tsx";
import { EditorsNotice } from "./editors-notice.tsx";

export interface EditNoticesProps {
  account: AccountDetails;
  isEditing: boolean;
  onContinue: () => void;
}

/** Who edits the account elsewhere, and what was typed here and not saved. */
export function EditNotices({ account, isEditing, onContinue }: EditNoticesProps) {
  return (
    <>
      <EditorsNotice accountId={account.id} />
      {!isEditing && <DraftNotice account={account} onContinue={onContinue} />}
    </>
  );
}
