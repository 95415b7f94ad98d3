import * as z from "zod/mini";
import type { ChangeLog } from "#sync";
import { httpLog } from "#sync/http";

const statusSchema = z.object({
  file: z.union([z.literal("ok"), z.object({ broken: z.string() })]),
});

/**
 * The API's log of changes. What it reports to be wrong is the state of its data file. `presence` hears who is there,
 * `signed-out` that the session has ended, and `build` of which one the pages are that are served, in the leader tab.
 */
export function createChangeLog(
  events: Readonly<Record<"presence" | "signed-out" | "build", (event: unknown) => void>>,
  fetch?: typeof globalThis.fetch,
): ChangeLog {
  return httpLog("/api/changes", {
    ...(fetch && { fetch }),
    events,
    readStatus(data) {
      const { file } = statusSchema.safeParse(data).data ?? {};
      return typeof file === "object" ? `db.json: ${file.broken}` : file && null;
    },
  });
}
