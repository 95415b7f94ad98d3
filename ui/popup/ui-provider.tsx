import { type ReactNode, useEffect, useState } from "react";
import type { Part } from "#ui/parts/part.ts";
import { PartFault } from "#ui/parts/part-fault.tsx";
import { createToasts, ToastContext } from "#ui/parts/toasts.ts";
import { UiPartContext, type UiParts } from "#ui/parts/ui-part.ts";
import { usePart } from "#ui/parts/use-part.ts";
import { whenIdle } from "#ui/parts/when-idle.ts";

export interface UiProviderProps {
  /** Everything that opens on demand. Loaded when the page is idle. */
  part: Part<UiParts>;
  children: ReactNode;
}

/** Required around a page: popups, toasts and tooltips. */
export function UiProvider({ part, children }: UiProviderProps) {
  const [toasts] = useState(() => createToasts(part.request));
  const parts = usePart(part);
  useEffect(() => whenIdle(part.preload), [part]);
  return (
    <UiPartContext value={part}>
      <ToastContext value={toasts}>{children}</ToastContext>
      {parts && <parts.ToastLayer toasts={toasts} />}
      {parts && <parts.TooltipLayer />}
      <PartFault part={part} />
    </UiPartContext>
  );
}
