import type { ReactNode } from "react";
import { EditPartContext } from "#features/details/edit-part.ts";
import { AppPartContext } from "#shared/lazy/app-part.ts";
import type { Part } from "#ui/parts/part.ts";

/** Gives features what is loaded when the page is idle. */
export function LaterParts({
  value,
  children,
}: {
  value: Part<typeof import("./parts.ts")>;
  children: ReactNode;
}) {
  return (
    <EditPartContext value={value}>
      <AppPartContext value={value}>{children}</AppPartContext>
    </EditPartContext>
  );
}
