import * as z from "zod/mini";
import { activitySchema } from "#contract/rows.ts";
import type { Change } from "#sync";
import { ApiError } from "./api-error.ts";
import type { Ask, Reply } from "./ask.ts";

export interface PlainJsonServer {
  readonly ask: Ask;
  /** Whether the last answer named a revision; null before there was one. */
  readonly keepsLog: boolean | null;
}

const ops: Readonly<Record<string, Change["op"]>> = {
  POST: "create",
  PATCH: "update",
  DELETE: "delete",
};
/** What a change says of its row. */
const placeSchema = z.partial(z.pick(activitySchema, { id: true, accountId: true }), {
  accountId: true,
});

/**
 * Lets a plain json-server, which is known by answers without a revision, stand in for our API: its rows
 * are of version 0, a delete answers the row, a create may be sent again, and what a write changed is
 * derived from its row. `tabId` is the origin of those changes.
 */
export function adaptPlainJsonServer(ask: Ask, tabId: string): PlainJsonServer {
  let keepsLog: boolean | null = null;

  async function exchange(path: string, init?: RequestInit): Promise<Reply> {
    const reply = await ask(path, init);
    keepsLog = reply.asOf !== null;
    return keepsLog ? reply : { ...reply, body: unversioned(reply.body) };
  }

  async function create(path: string, init: RequestInit): Promise<Reply> {
    try {
      return await exchange(path, init);
    } catch (error) {
      // json-server knows no keys. It fails at an id that is taken, as by the first of two attempts.
      const isTaken = !keepsLog && error instanceof ApiError && error.status === 500;
      const { id } = JSON.parse(String(init.body));
      const made = isTaken
        ? await exchange(`${path}/${encodeURIComponent(String(id))}`).catch(() => null)
        : null;
      if (made && !made.asOf) return made;
      throw error;
    }
  }

  async function remove(path: string, init: RequestInit): Promise<Reply> {
    // json-server answers {}.
    const before = keepsLog ? null : await exchange(path);
    const reply = await exchange(path, init);
    return before && !before.asOf ? before : reply;
  }

  return {
    async ask(path, init = {}) {
      if (init.method === "POST") return withChange(path, init, await create(path, init));
      if (init.method === "DELETE") return withChange(path, init, await remove(path, init));
      return withChange(path, init, await exchange(path, init));
    },
    get keepsLog() {
      return keepsLog;
    },
  };

  function withChange(path: string, { method = "GET" }: RequestInit, reply: Reply): Reply {
    const op = ops[method];
    const place = placeSchema.safeParse(reply.body).data;
    if (reply.asOf || !op || !place) return reply;
    const { id, accountId } = place;
    const parents = accountId === undefined ? {} : { accountId };
    const [, resource = ""] = path.split("/");
    return {
      ...reply,
      changes: [{ rev: 0, version: 0, resource, id, op, parents, origin: tabId }],
    };
  }
}

function unversioned(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(unversioned);
  return typeof body === "object" && body !== null ? { ...body, version: 0 } : body;
}
