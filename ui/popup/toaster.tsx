import { Toast } from "@base-ui/react/toast";
import { CircleAlert, X } from "lucide-react";
import styles from "./toaster.module.css";

/** Where toasts appear. `UiProvider` renders it once. */
export function Toaster() {
  const { toasts } = Toast.useToastManager();
  return (
    <Toast.Portal>
      <Toast.Viewport className={styles.viewport}>
        {toasts.map((toast) => (
          <Toast.Root key={toast.id} toast={toast} className={styles.toast}>
            <Toast.Content className={styles.content}>
              {toast.type === "danger" && (
                <CircleAlert className={styles.alert} aria-hidden="true" />
              )}
              <div className={styles.text}>
                <Toast.Title className={styles.title} />
                <Toast.Description className={styles.description} />
              </div>
              {toast.actionProps && <Toast.Action className={styles.action} />}
              <Toast.Close className={styles.close} aria-label="Dismiss">
                <X aria-hidden="true" />
              </Toast.Close>
            </Toast.Content>
          </Toast.Root>
        ))}
      </Toast.Viewport>
    </Toast.Portal>
  );
}
