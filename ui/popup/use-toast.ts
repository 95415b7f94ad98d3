import { useCallback, useContext, useId, useRef } from "react";
import { ToastContext } from "#ui/parts/toasts.ts";

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

function useToasts() {
  const toasts = useContext(ToastContext);
  if (!toasts) throw new Error("Toasts need a UiProvider above");
  return toasts;
}

/** Returns a function that shows a toast. Only under `UiProvider`. */
export function useToast(): (options: ToastOptions) => void {
  const { add, close } = useToasts();
  const ownId = useId();
  const count = useRef(0);
  return useCallback(
    ({ title, description, action, tone = "neutral", id = `${ownId}${++count.current}` }) => {
      add({
        id,
        title,
        description,
        type: tone,
        timeout: action || tone === "danger" ? 10_000 : 5_000,
        actionProps: action && {
          children: action.label,
          onClick() {
            close(id);
            action.onClick();
          },
        },
      });
    },
    [add, close, ownId],
  );
}

/** Returns a function that closes a toast by its id, if it is still shown. */
export function useCloseToast(): (id: string) => void {
  return useToasts().close;
}
