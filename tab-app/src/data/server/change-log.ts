import * as z from "zod/mini";
import type { ChangeLog } from "#sync";
import { httpLog } from "#sync/http";

const statusSchema = z.object({
  file: z.union([z.literal("ok"), z.object({ broken: z.string() })]),
});

/**
 * The API's log of changes. What it reports to be wrong is the state of its data file. `onPresence` hears who is there, in
 * the leader tab.
 */
export function createChangeLog(onPresence: (event: unknown) => void): ChangeLog {
  return httpLog("/api/changes", {
    events: { presence: onPresence },
    readStatus(data) {
      const { file } = statusSchema.safeParse(data).data ?? {};
      return typeof file === "object" ? `db.json: ${file.broken}` : file && null;
    },
  });
}
