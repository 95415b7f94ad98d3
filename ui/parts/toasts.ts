import { createContext } from "react";

/** A toast, as Base UI has it. */
export interface ToastData {
  id: string;
  title: string;
  description: string | undefined;
  type: string;
  /** Milliseconds. */
  timeout: number;
  actionProps: { children: string; onClick: () => void } | undefined;
}

/** What shows toasts. */
interface ToastManager {
  add(toast: ToastData): unknown;
  close(id: string): void;
}

export interface Toasts extends ToastManager {
  /** Shows those that wait, and from now on each one at once. Until the undo is called. */
  showBy(manager: ToastManager): () => void;
}

export const ToastContext = createContext<Toasts | null>(null);

/** Toasts wait until there is something to show them. `request` is called when one has to. */
export function createToasts(request: () => void): Toasts {
  const waiting = new Map<string, ToastData>();
  let shown: ToastManager | null = null;
  return {
    add(toast) {
      if (shown) return shown.add(toast);
      waiting.set(toast.id, toast);
      request();
    },
    close(id) {
      waiting.delete(id);
      shown?.close(id);
    },
    showBy(manager) {
      shown = manager;
      for (const toast of waiting.values()) manager.add(toast);
      waiting.clear();
      return () => {
        shown = null;
      };
    },
  };
}
