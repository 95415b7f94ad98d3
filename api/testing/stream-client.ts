import http from "node:http";
import { onTestFinished } from "vitest";
import type { Json } from "./data-file.ts";
import type { TestApi } from "./start-api.ts";

export interface StreamEvent {
  event: string;
  id?: string;
  data: Json;
}

/** Reads the change stream event by event; who is there only if asked for. A paused client reads nothing from its socket. */
export async function openStream(
  { port }: Pick<TestApi, "port">,
  target = "/changes",
  headers: Record<string, string> = {},
  { paused = false, presence = false } = {},
) {
  const events: StreamEvent[] = [];
  const waiting: ((event: StreamEvent) => void)[] = [];
  let text = "";
  let taken = 0;
  const request = http.get({
    host: "127.0.0.1",
    port,
    path: target,
    headers: { Accept: "text/event-stream", ...headers },
  });
  onTestFinished(() => void request.destroy());
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once("response", resolve).once("error", reject);
  });
  request.on("error", () => {}); // `ended` reports the end of a stream, however it comes.
  const ended = new Promise<void>((resolve) => response.once("close", resolve));
  response.setEncoding("utf8").on("error", () => {});
  if (paused) request.socket?.pause();
  else response.on("data", take);

  function take(chunk: string): void {
    text += chunk;
    for (let end = text.indexOf("\n\n", taken); end >= 0; end = text.indexOf("\n\n", taken)) {
      const event = parse(text.slice(taken, end));
      taken = end + 2;
      if (!event || (event.event === "presence" && !presence)) continue;
      const next = waiting.shift();
      if (next) next(event);
      else events.push(event);
    }
  }

  return {
    response,
    ended,
    raw: () => text,
    next: (): Promise<StreamEvent> => {
      const event = events.shift();
      return event ? Promise.resolve(event) : new Promise((resolve) => waiting.push(resolve));
    },
  };
}

function parse(block: string): StreamEvent | null {
  const fields = new Map(
    block.split("\n").map((line) => {
      const [name = "", ...rest] = line.split(": ");
      return [name, rest.join(": ")] as const;
    }),
  );
  const [event, id, data] = [fields.get("event"), fields.get("id"), fields.get("data")];
  if (event === undefined) return null;
  return { event, ...(id !== undefined && { id }), data: JSON.parse(data ?? "null") };
}
