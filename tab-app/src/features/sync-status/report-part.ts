import { type ComponentType, createContext, useContext } from "react";
import type { Part } from "#ui/parts/part.ts";
import type { SyncReportProps } from "./sync-report.tsx";

/** What the status opens, which no first paint shows. */
export type ReportPart = Part<{ readonly SyncReport: ComponentType<SyncReportProps> }>;

export const ReportPartContext = createContext<ReportPart | null>(null);

export function useReportPart(): ReportPart {
  const part = useContext(ReportPartContext);
  if (!part) throw new Error("The status needs a ReportPartContext above");
  return part;
}
