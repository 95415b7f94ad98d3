import type { Toast } from "@base-ui/react/toast";
import { createContext, useCallback, useContext } from "react";

export interface ToastOptions {
  title: string;
  description?: string;
  /** A button in the toast; the toast closes when it is used. */
  action?: { label: string; onClick: () => void };
  /** `danger` is shown longer. */
  tone?: "neutral" | "danger";
  /** A toast with the same id is replaced, not added. */
  id?: string;
}

/** Only the manager of toasts: a component that adds one does not render when toasts come or go. */
export const ToastContext = createContext<ReturnType<typeof Toast.createToastManager> | null>(null);

function useToasts() {
  const toasts = useContext(ToastContext);
  if (!toasts) throw new Error("Toasts need a UiProvider above");
  return toasts;
}

/** Returns a function that shows a toast. Only under `UiProvider`. */
export function useToast(): (options: ToastOptions) => void {
  const { add, close } = useToasts();
  return useCallback(
    ({ title, description, action, tone = "neutral", id }) => {
      const shown = add({
        id,
        title,
        description,
        type: tone,
        timeout: action || tone === "danger" ? 10_000 : 5_000,
        actionProps: action && {
          children: action.label,
          onClick() {
            close(shown);
            action.onClick();
          },
        },
      });
    },
    [add, close],
  );
}

/** Returns a function that closes a toast by its id, if it is still shown. */
export function useCloseToast(): (id: string) => void {
  return useToasts().close;
}
