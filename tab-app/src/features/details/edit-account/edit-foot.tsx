import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { describeError } from "#data/server/api-error.ts";
import { Button } from "#ui/button.tsx";
import { SendKeys } from "#ui/form/send-keys.tsx";
import { Notice } from "#ui/notice.tsx";
import styles from "./edit-foot.module.css";

export interface EditFootProps {
  problem: unknown;
  isSaving: boolean;
  isUnchanged: boolean;
  onClose: () => void;
  /** At the end of the line. */
  children?: ReactNode;
}

export function EditFoot({ problem, isSaving, isUnchanged, onClose, children }: EditFootProps) {
  const { title, detail } = describeError(problem);
  return (
    <div className={styles.foot}>
      {problem !== null && (
        <Notice tone="red" role="alert" icon={<CircleAlert />}>
          <strong className={styles.title}>{title}</strong> {detail}
        </Notice>
      )}
      <div className={styles.actions}>
        <Button type="submit" variant="primary" disabled={isUnchanged} aria-busy={isSaving}>
          {isSaving ? "Saving…" : "Save"}
        </Button>
        <Button variant="ghost" onClick={onClose}>
          Close
        </Button>
        {isUnchanged ? <span className={styles.hint}>Nothing changed</span> : <SendKeys />}
        {children}
      </div>
    </div>
  );
}
