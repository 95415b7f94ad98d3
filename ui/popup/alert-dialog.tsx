import type { ReactNode } from "react";
import { useOpenPart } from "#ui/parts/use-open-part.ts";

export interface AlertDialogProps {
  open: boolean;
  /** The user cancels, by the button or by Escape. */
  onStay: () => void;
  onGo: () => void;
  title: string;
  description?: ReactNode;
  /** The label of the button that confirms, which cannot be undone. */
  goLabel: string;
  stayLabel?: string;
}

/** Asks before something is lost. A click outside does not answer, and Enter cancels. */
export function AlertDialog(props: AlertDialogProps) {
  const parts = useOpenPart(props.open);
  return parts && <parts.AlertDialogPart {...props} />;
}
