import { Toast } from "@base-ui/react/toast";
import { CircleAlert, X } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { keepClear } from "./keep-clear.ts";
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
  const count = toasts.length;
  const viewport = useRef<HTMLDivElement>(null);
  // One that takes the place of another may be about something else.
  const shown = toasts.map(({ id, updateKey }) => `${id} ${updateKey}`).join();
  useLayoutEffect(() => {
    if (shown === "") return;
    const box = viewport.current?.getBoundingClientRect();
    const front = viewport.current?.querySelector<HTMLElement>("[data-toast]");
    if (!box || !front) return;
    // Those behind it look out above it.
    const behind = 8 * Math.min(2, count - 1);
    const room = window.innerHeight - box.bottom + front.offsetHeight + behind;
    document.documentElement.style.setProperty("--toast-room", `${room}px`);
    keepClear(box, room);
  }, [shown, count]);
  useLayoutEffect(() => {
    if (shown === "") document.documentElement.style.removeProperty("--toast-room");
  }, [shown]);
  return (
    <Toast.Portal>
      <Toast.Viewport ref={viewport} className={styles.viewport}>
        {toasts.map((toast) => (
          <Toast.Root key={toast.id} toast={toast} className={styles.toast} data-toast="">
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
