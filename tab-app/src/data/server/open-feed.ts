import * as z from "zod";
import type { OpenFeed } from "#sync";
import { changeSchema } from "#sync/http";

const headSchema = z.object({ epoch: z.string(), head: z.int() });
const changesSchema = z.object({ epoch: z.string(), changes: z.array(changeSchema) });
const statusSchema = z.object({
  file: z.union([z.literal("ok"), z.object({ broken: z.string() })]),
});

export interface FeedOptions {
  baseUrl?: string;
  /** False as long as the server is known to have no stream of changes. */
  keepsLog?: () => boolean;
}

/**
 * The server's stream of changes over `EventSource`. Its own way of reconnecting is not used: it gives
 * up for good on an answer other than 200, and begins where it once began.
 */
export function createOpenFeed({
  baseUrl = "/api",
  keepsLog = () => true,
}: FeedOptions = {}): OpenFeed {
  return (since, listener) => {
    // Asked again at each retry, it is opened once there is one.
    if (!keepsLog()) {
      listener({ type: "lost" });
      return () => {};
    }
    const query = since ? `?since=${since.epoch}.${since.rev}` : "";
    const source = new EventSource(`${baseUrl}/changes${query}`);

    function on<T>(name: string, schema: z.ZodType<T>, hear: (value: T) => void) {
      source.addEventListener(name, (event) => {
        const parsed = schema.safeParse(parseJson(event.data));
        // What does not fit is as good as not heard: begin anew from what is known.
        if (parsed.success) hear(parsed.data);
        else lose();
      });
    }
    function lose() {
      source.close();
      listener({ type: "lost" });
    }

    on("hello", headSchema, ({ epoch, head }) =>
      listener({ type: "open", head: { epoch, rev: head } }),
    );
    on("changes", changesSchema, (event) => listener({ type: "changes", ...event }));
    on("reset", headSchema, ({ epoch, head }) =>
      listener({ type: "reset", head: { epoch, rev: head } }),
    );
    on("status", statusSchema, ({ file }) =>
      listener({
        type: "trouble",
        detail: file === "ok" ? null : `db.json: ${file.broken}`.slice(0, 500),
      }),
    );
    source.addEventListener("error", lose);
    return () => source.close();
  };
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
