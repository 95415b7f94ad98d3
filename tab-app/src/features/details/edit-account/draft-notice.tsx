import { PencilLine } from "lucide-react";
import type { AccountDetails } from "#contract/rows.ts";
import { useData } from "#data/hooks/use-data.ts";
import { usePendingEdits } from "#data/hooks/use-pending-edits.ts";
import { useDraft } from "#data/hooks/use-work.ts";
import { fieldsOfAccount } from "#data/outbox/fields.ts";
import { editSubject } from "#data/storage/draft-subject.ts";
import { formatExact } from "#shared/time/format-time.ts";
import { useNow } from "#shared/time/now.tsx";
import { Button } from "#ui/button.tsx";
import { Notice } from "#ui/notice.tsx";
import { readEditDraft } from "./edit-draft.ts";
import { formatBegan } from "./format-began.ts";

export interface DraftNoticeProps {
  account: AccountDetails;
  onContinue: () => void;
}

/** Offers to continue an unsaved edit, also after a reload. */
export function DraftNotice({ account, onContinue }: DraftNoticeProps) {
  const { drafts } = useData();
  const subject = editSubject(account.id);
  const draft = useDraft(subject);
  const now = useNow();
  const isPending = usePendingEdits().has(account.id);
  if (!draft || isPending || !readEditDraft(draft.value, fieldsOfAccount(account))) return null;
  return (
    <Notice
      tone="accent"
      icon={<PencilLine />}
      actions={
        <>
          <Button size="sm" onClick={onContinue}>
            Continue
          </Button>
          <Button size="sm" variant="ghost" onClick={() => drafts.remove(subject)}>
            Discard
          </Button>
        </>
      }
    >
      You have unsaved edits from{" "}
      <time dateTime={new Date(draft.savedAt).toISOString()} title={formatExact(draft.savedAt)}>
        {formatBegan(draft.savedAt, now)}
      </time>
    </Notice>
  );
}
