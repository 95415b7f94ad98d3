import type pg from "pg";
import type { Connection } from "./connect.ts";

const firstPauseMs = 200;
const maxPauseMs = 5_000;

/** Hears that something was committed, until it is closed. Connects again when the connection is lost. */
export interface Listener {
  close(): Promise<void>;
}

/**
 * Calls `woken` for each notification of the channel that is wanted; `connected` each time that notifications can be heard, and what
 * was committed before may have been missed; `lost` when the connection is.
 */
export function listen(
  connection: Pick<Connection, "createListener">,
  channel: string,
  on: { woken: (payload: string) => void; connected: () => void; lost: () => void },
): Listener {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let pauseMs = firstPauseMs;
  let closed = false;

  function retry(failed: pg.Client): void {
    if (closed || client !== failed) return;
    client = null;
    failed.end().catch(() => {});
    on.lost();
    timer = setTimeout(() => void open(), pauseMs);
    pauseMs = Math.min(pauseMs * 2, maxPauseMs);
  }

  async function open(): Promise<void> {
    const next = connection.createListener();
    client = next;
    next.on("error", () => retry(next));
    next.on("end", () => retry(next));
    next.on("notification", ({ payload }) => on.woken(payload ?? ""));
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
      pauseMs = firstPauseMs;
      if (!closed) on.connected();
    } catch {
      retry(next);
    }
  }

  void open();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
