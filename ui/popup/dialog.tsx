import type { DialogProps } from "#ui/parts/dialog-part.tsx";
import { useOpenPart } from "#ui/parts/use-open-part.ts";

/** A modal dialog. Escape and a click outside close it. */
export function Dialog(props: DialogProps) {
  const parts = useOpenPart(props.open);
  return parts && <parts.DialogPart {...props} />;
}
