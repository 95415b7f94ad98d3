import { History } from "lucide-react";
import { useNoteEditDraft } from "./note-draft.ts";
import styles from "./note-mark.module.css";

export interface ContinueMarkProps {
  accountId: string;
  activityId: string;
  onContinue: () => void;
}

/** Shown while there is a draft of an edit of this note. */
export function ContinueMark({ accountId, activityId, onContinue }: ContinueMarkProps) {
  if (!useNoteEditDraft(accountId, activityId)) return null;
  return (
    <button type="button" data-tone="accent" className={`tone ${styles.mark}`} onClick={onContinue}>
      <History aria-hidden="true" />
      Continue editing
    </button>
  );
}
