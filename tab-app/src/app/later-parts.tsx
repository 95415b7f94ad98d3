import type { ReactNode } from "react";
import { EditPartContext } from "#features/details/edit-part.ts";
import { OutboxPartContext } from "#features/outbox/outbox-part.ts";
import { ReportPartContext } from "#features/sync-status/report-part.ts";
import { AppPartContext } from "#shared/lazy/app-part.ts";
import type { Part } from "#ui/parts/part.ts";

/** Gives each feature its own view of what is loaded when the page is idle. */
export function LaterParts({
  value,
  children,
}: {
  value: Part<typeof import("./parts.ts")>;
  children: ReactNode;
}) {
  return (
    <EditPartContext value={value}>
      <OutboxPartContext value={value}>
        <ReportPartContext value={value}>
          <AppPartContext value={value}>{children}</AppPartContext>
        </ReportPartContext>
      </OutboxPartContext>
    </EditPartContext>
  );
}
