/** The slice of a client of `pg` by which notifications are heard. */
export interface NotifiedClient {
  connect(): Promise<unknown>;
  query(text: string): Promise<unknown>;
  on(event: "error" | "end", listener: () => void): unknown;
  on(event: "notification", listener: (message: { payload?: string | undefined }) => void): unknown;
  end(): Promise<void>;
}

const firstPauseMs = 200;
const maxPauseMs = 5_000;

/** Hears PostgreSQL say that something was committed, until it is closed. Connects again when the connection is lost. */
export interface Listener {
  close(): Promise<void>;
}

/**
 * Calls `woken` for each notification of the channel that is wanted; `connected` each time that notifications can be heard, and what
 * was committed before may have been missed; `lost` when the connection is.
 */
export function listen(
  createClient: () => NotifiedClient,
  channel: string,
  on: { woken: (payload: string) => void; connected: () => void; lost: () => void },
): Listener {
  let client: NotifiedClient | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = firstPauseMs;
  let closed = false;

  function retry(failed: NotifiedClient): void {
    if (closed || client !== failed) return;
    client = null;
    failed.end().catch(() => {});
    on.lost();
    timer = setTimeout(() => void open(), pauseMs);
    pauseMs = Math.min(pauseMs * 2, maxPauseMs);
  }

  async function open(): Promise<void> {
    const next = createClient();
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
