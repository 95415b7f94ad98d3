import { parseRevision, type Revision } from "../wire/revision.ts";
import { type Answer, problem } from "./answer.ts";
import type { ReadableLog } from "./readable-log.ts";
import { stamp } from "./stamp.ts";

/** What came after a revision, and where the log stands; 410 where it does not reach back. */
export function catchUp(log: ReadableLog, since: Revision | null): Answer {
  const { epoch, rev: head } = log.revision();
  const changes = since ? log.since(since.rev) : [];
  const headers = stamp({ epoch, rev: head });
  if (!changes || (since && since.epoch !== epoch)) {
    const detail = "The log does not reach back to this revision: read everything again.";
    return problem(410, detail, { field: "since", headers });
  }
  return { status: 200, headers, body: { epoch, head, changes } };
}

/** Where a reader stands: null where it does not say. Or the refusal of what cannot be read. */
export function readSince(
  query: URLSearchParams,
): { since: Revision | null } | { refusal: Answer } {
  for (const name of query.keys())
    if (name !== "since")
      return { refusal: problem(400, `It takes only "since", not "${name}".`, { field: name }) };
  const [text, ...more] = query.getAll("since");
  if (text === undefined) return { since: null };
  const since = more.length === 0 ? parseRevision(text) : null;
  if (since) return { since };
  const detail = "since must be given once, as <epoch>.<rev>.";
  return { refusal: problem(400, detail, { field: "since" }) };
}
