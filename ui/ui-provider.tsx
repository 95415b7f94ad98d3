import { Toast } from "@base-ui/react/toast";
import { Tooltip } from "@base-ui/react/tooltip";
import type { ReactNode } from "react";
import { Toaster } from "./toaster.tsx";

/** What the design system needs around a page: toasts, and tooltips that follow each other at once. */
export function UiProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider>
      <Tooltip.Provider delay={450}>
        {children}
        <Toaster />
      </Tooltip.Provider>
    </Toast.Provider>
  );
}
