import { Toast } from "@base-ui/react/toast";
import { Tooltip } from "@base-ui/react/tooltip";
import { type ReactNode, useState } from "react";
import { Toaster } from "./toaster.tsx";
import { ToastContext } from "./use-toast.ts";

/** Required around a page: toasts, and tooltips that replace each other without a delay. */
export function UiProvider({ children }: { children: ReactNode }) {
  const [toasts] = useState(Toast.createToastManager);
  return (
    <Toast.Provider toastManager={toasts}>
      <ToastContext value={toasts}>
        <Tooltip.Provider delay={450}>{children}</Tooltip.Provider>
      </ToastContext>
      <Toaster />
    </Toast.Provider>
  );
}
