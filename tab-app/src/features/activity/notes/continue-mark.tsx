import { History } from "lucide-react";
import { TextButton } from "#ui/text-button.tsx";
import { useNoteEditDraft } from "./note-draft.ts";

export interface ContinueMarkProps {
  accountId: string;
  activityId: string;
  onContinue: () => void;
}

/** Shown while there is a draft of an edit of this note. */
export function ContinueMark({ accountId, activityId, onContinue }: ContinueMarkProps) {
  if (!useNoteEditDraft(accountId, activityId)) return null;
  return (
    <TextButton tone="accent" icon={<History aria-hidden="true" />} onClick={onContinue}>
      Continue editing
    </TextButton>
  );
}
