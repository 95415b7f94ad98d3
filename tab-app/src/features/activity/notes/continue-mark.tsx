import { History } from "lucide-react";
import { useNoteEditDraft } from "./note-draft.ts";
import styles from "./note-mark.module.css";

export interface ContinueMarkProps {
  accountId: string;
  activityId: string;
  onContinue: () => void;
}

/** An edit of this note was begun and not saved. */
export function ContinueMark({ accountId, activityId, onContinue }: ContinueMarkProps) {
  if (!useNoteEditDraft(accountId, activityId)) return null;
  return (
    <button type="button" data-tone="accent" className={`tone ${styles.mark}`} onClick={onContinue}>
      <History aria-hidden="true" />
      Continue editing
    </button>
  );
}
