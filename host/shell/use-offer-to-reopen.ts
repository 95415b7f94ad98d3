import { useEffect, useRef } from "react";
import { paneTitle } from "#host/shared/pane-title.ts";
import { useCloseToast, useToast } from "#ui/popup/use-toast.ts";
import type { ClosedPane } from "./shell-state.ts";

const toastId = "closed-pane";

/** Offers to open the pane again that has just been closed, for as long as a toast is shown. */
export function useOfferToReopen(closed: readonly ClosedPane[], reopen: () => void): void {
  const toast = useToast();
  const closeToast = useCloseToast();
  const before = useRef(closed);
  useEffect(() => {
    const last = closed.at(-1);
    const isNew = last !== undefined && !before.current.includes(last);
    before.current = closed;
    if (!isNew) return closeToast(toastId);
    toast({
      id: toastId,
      title: `${paneTitle(last.plan.id)} closed`,
      action: { label: "Undo", onClick: reopen },
    });
  }, [closed, reopen, toast, closeToast]);
}
