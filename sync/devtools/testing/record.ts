import { createRecorder, type Recording } from "../recorder.ts";
import type { TabReport } from "../trace-schema.ts";

/** A recording of what tabs reported. */
export function record(tabs: Readonly<Record<string, readonly TabReport[]>>): Recording {
  const recorder = createRecorder({ after: () => {} });
  for (const [tab, reports] of Object.entries(tabs)) recorder.add(tab, 1, reports);
  return recorder.recording;
}
