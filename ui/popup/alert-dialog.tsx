import type { AlertDialogProps } from "#ui/parts/alert-dialog-part.tsx";
import { useOpenPart } from "#ui/parts/use-open-part.ts";

/** Asks before something is lost. A click outside does not answer, and Enter cancels. */
export function AlertDialog(props: AlertDialogProps) {
  const parts = useOpenPart(props.open);
  return parts && <parts.AlertDialogPart {...props} />;
}
