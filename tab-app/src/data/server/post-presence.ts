import type { PresenceReport } from "#contract/presence.ts";
import { withTimeLimit } from "#sync/http";

/** Milliseconds until a report counts as lost: the next one is due by then. */
const answerWithin = 8000;

/** Reports this tab to the server, and returns its answer. With `isLast` the page may be gone before that. */
export async function postPresence(
  send: typeof fetch,
  report: PresenceReport,
  isLast: boolean,
): Promise<unknown> {
  const response = await withTimeLimit(answerWithin, (signal) =>
    send("/api/presence", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(report),
      keepalive: isLast,
      signal,
    }),
  );
  if (!response.ok) throw new Error(`/presence: ${response.status}`);
  return response.json();
}
