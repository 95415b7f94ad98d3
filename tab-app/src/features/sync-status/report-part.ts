import type { ComponentType } from "react";
import type { SyncReportProps } from "./sync-report.tsx";

/** What the status opens, which no first paint shows. */
export interface ReportParts {
  readonly SyncReport: ComponentType<SyncReportProps>;
}
