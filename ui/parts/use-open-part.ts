import { useEffect } from "react";
import { type UiParts, useUiPart } from "./ui-part.ts";
import { usePart } from "./use-part.ts";

/** Null until the parts are loaded, which something `open` requests. */
export function useOpenPart(open: boolean): UiParts | null {
  const part = useUiPart();
  const parts = usePart(part);
  useEffect(() => {
    if (open) part.request();
  }, [open, part]);
  return parts;
}
