import type { Response } from "express";
import type { Engine } from "#api/engine/engine.ts";
import { Refusal } from "#api/http/refusal.ts";
import { send } from "#api/http/send.ts";

const defaultLimit = 20;
/** What a tab has loaded is read again at once. */
const maxLimit = 1_000;

/** `GET /changes/accounts/<id>?before=<rev>&limit=<entries>`: a page of what was written to an account. */
export async function sendHistory(
  { store, readHistory }: Pick<Engine, "store" | "readHistory">,
  accountId: string,
  query: URLSearchParams,
  res: Response,
): Promise<void> {
  const before = readCount(query, "before", Number.MAX_SAFE_INTEGER);
  const limit = Math.min(readCount(query, "limit", defaultLimit), maxLimit);
  // Before the entries are read: they may be newer, and never older.
  const { epoch, rev } = store.state();
  const body = await readHistory(accountId, before, limit);
  send(res, { status: 200, body, revision: { epoch, rev } });
}

/** The account that a path asks for the history of; null for another path. */
export function historyOf([first, second, id, ...more]: readonly string[]): string | null {
  const isHistory = first === "changes" && second === "accounts" && more.length === 0;
  return (isHistory && id) || null;
}

function readCount(query: URLSearchParams, name: string, missing: number): number {
  const text = query.get(name);
  if (text === null) return missing;
  const count = /^\d{1,16}$/.test(text) ? Number(text) : 0;
  if (count > 0 && Number.isSafeInteger(count)) return count;
  throw new Refusal(400, `${name} must be a whole number above 0.`, { field: name });
}
