import { Toast } from "@base-ui/react/toast";
import { useCallback } from "react";

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

/** Says something in passing. Only under `UiProvider`. */
export function useToast(): (options: ToastOptions) => void {
  const { add, close } = Toast.useToastManager();
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
