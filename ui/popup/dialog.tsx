import type { ReactNode } from "react";
import { useOpenPart } from "#ui/parts/use-open-part.ts";

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  /** Buttons at the bottom right; the one that confirms comes last. */
  actions: ReactNode;
  children?: ReactNode;
}

/** A modal dialog. Escape and a click outside close it. */
export function Dialog(props: DialogProps) {
  const parts = useOpenPart(props.open);
  return parts && <parts.DialogPart {...props} />;
}
