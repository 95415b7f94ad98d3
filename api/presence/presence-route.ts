import type { Request, Response } from "express";
import * as z from "zod";
import type { RowStore } from "#api/engine/row-store.ts";
import { checkFields } from "#api/http/check-fields.ts";
import { readBody } from "#api/http/read-body.ts";
import { send } from "#api/http/send.ts";
import { senderOf } from "#api/http/who.ts";
import { presenceReportSchema } from "#contract/presence.ts";
import type { PresenceList } from "./presence-list.ts";

const report = z.strictObject(presenceReportSchema.shape);

/** `GET /presence` lists who is there; `POST` reports a tab, and answers with the list if the tab has another one. */
export function createPresenceRoute(presence: PresenceList, store: Pick<RowStore, "state">) {
  return async (req: Request, res: Response): Promise<void> => {
    let known: string | undefined;
    if (req.method === "POST") {
      const {
        known: has,
        accountId,
        ...tab
      } = checkFields(report, await readBody(req), "a report");
      known = has;
      if (accountId === null) presence.leave(tab.tabId);
      // Who one is is not for the page to say where people sign in.
      else presence.put({ ...tab, userId: senderOf(req)?.userId ?? tab.userId, accountId });
    }
    const { all, ...at } = presence.read();
    const body = known === `${at.list}.${at.seq}` ? at : { ...at, all };
    send(res, { status: 200, body, revision: store.state() });
  };
}
