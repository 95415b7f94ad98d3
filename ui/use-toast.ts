import type { Toast } from "@base-ui/react/toast";
import { createContext, useCallback, useContext } from "react";

export interface ToastOptions {
  title: string;
  description?: string;
  /** A button in the toast; the toast closes when it is used. */
  action?: { label: string; onClick: () => void };
  /** `danger` stays longer. */
  tone?: "neutral" | "danger";
  /** A toast with the same id is replaced, not added. */
  id?: string;
}

/** The door to the toasts alone: who says something does not render when another one comes or goes. */
export const ToastContext = createContext<ReturnType<typeof Toast.createToastManager> | null>(null);

function useToasts() {
  const toasts = useContext(ToastContext);
  if (!toasts) throw new Error("Toasts need a UiProvider above");
  return toasts;
}

/** Says something in passing. Only under `UiProvider`. */
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

/** Takes a toast away by its id; one that is gone already is no matter. */
export function useCloseToast(): (id: string) => void {
  return useToasts().close;
}
