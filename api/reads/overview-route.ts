import type { Response } from "express";
import type { RowStore } from "#api/engine/row-store.ts";
import { Refusal } from "#api/http/refusal.ts";
import { send } from "#api/http/send.ts";

/** `GET /overview?owner=usr-1&today=2026-11-27`: by default of nobody in particular, and today in UTC. */
export function createOverviewRoute(store: RowStore) {
  return (res: Response, query: URLSearchParams): void => {
    for (const name of new Set(query.keys())) {
      if (name !== "owner" && name !== "today") {
        const detail = `/overview takes only "owner" and "today", not "${name}".`;
        throw new Refusal(400, detail, { field: name });
      }
      if (query.getAll(name).length > 1) {
        throw new Refusal(400, `"${name}" is given more than once.`, { field: name });
      }
    }
    const owner = query.get("owner");
    if (owner !== null && (owner === "" || owner.length > 200)) {
      throw new Refusal(400, "owner must have 1 to 200 characters.", { field: "owner" });
    }
    const today = query.get("today") ?? new Date().toISOString().slice(0, 10);
    if (!isDay(today)) {
      throw new Refusal(400, "today must be a day, such as 2026-11-27.", { field: "today" });
    }
    send(res, { status: 200, body: store.overview.read(owner, today), revision: store.state() });
  };
}

/** A day of the calendar, of years far from its ends. */
function isDay(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}
