import { Toast } from "@base-ui/react/toast";
import { CircleAlert, X } from "lucide-react";
import { useEffect, useState } from "react";
import styles from "./toast-layer.module.css";
import type { Toasts } from "./toasts.ts";

/** Where toasts appear. */
export function ToastLayer({ toasts }: { toasts: Toasts }) {
  const [manager] = useState(Toast.createToastManager);
  // After the effect by which the provider listens to the manager: what waited is shown.
  useEffect(() => toasts.showBy(manager), [toasts, manager]);
  return (
    <Toast.Provider toastManager={manager}>
      <Viewport />
    </Toast.Provider>
  );
}

function Viewport() {
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
