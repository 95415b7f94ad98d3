import { Dialog as Base } from "@base-ui/react/dialog";
import type { DialogProps } from "#ui/popup/dialog.tsx";
import styles from "./dialog.module.css";

export function DialogPart({
  open,
  onOpenChange,
  title,
  description,
  actions,
  children,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={styles.popup}>
          <Base.Title className={styles.title}>{title}</Base.Title>
          {description && (
            <Base.Description className={styles.description}>{description}</Base.Description>
          )}
          {children && <div className={styles.body}>{children}</div>}
          <div className={styles.actions}>{actions}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
