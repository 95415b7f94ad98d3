import * as z from "zod";
import type { FetchChanges } from "#sync";
import { changeSchema } from "#sync/http";
import { parseBody, readJson, readRefusal, readRevision } from "./ask.ts";

const changesSchema = z.object({
  epoch: z.string(),
  head: z.int(),
  changes: z.array(changeSchema),
});

/** Catch-up by `GET /changes?since=`. */
export function createFetchChanges(baseUrl: string, send: typeof fetch): FetchChanges {
  return async (since) => {
    const path = `/changes?since=${since.epoch}.${since.rev}`;
    const response = await send(baseUrl + path);
    const asOf = readRevision(path, response);
    if (response.status === 410 && asOf) return { head: asOf, changes: null };
    if (!response.ok) throw await readRefusal(path, response);
    const { epoch, head, changes } = parseBody(path, changesSchema, await readJson(path, response));
    return { head: { epoch, rev: head }, changes };
  };
}
