import { AlertDialog as Base } from "@base-ui/react/alert-dialog";
import { type ReactNode, useRef } from "react";
import { Button } from "#ui/button.tsx";
import styles from "./dialog.module.css";

export interface AlertDialogProps {
  open: boolean;
  /** The user cancels, by the button or by Escape. */
  onStay: () => void;
  onGo: () => void;
  title: string;
  description?: ReactNode;
  /** The label of the button that confirms, which cannot be undone. */
  goLabel: string;
  stayLabel?: string;
}

export function AlertDialogPart({
  open,
  onStay,
  onGo,
  title,
  description,
  goLabel,
  stayLabel = "Keep working",
}: AlertDialogProps) {
  const stay = useRef<HTMLButtonElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onStay()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.popup} initialFocus={stay}>
          <Base.Title className={styles.title}>{title}</Base.Title>
          {description && (
            <Base.Description className={styles.description}>{description}</Base.Description>
          )}
          <div className={styles.actions}>
            <Button ref={stay} onClick={onStay}>
              {stayLabel}
            </Button>
            <Button variant="danger" onClick={onGo}>
              {goLabel}
            </Button>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
