import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createBuiltSites } from "#server/built-site.ts";
import { createTandem } from "#server/create-tandem.ts";
import { readSettings } from "#server/settings.ts";
import { createPlainSites } from "./plain-sites.ts";
import type { Hit, Note } from "./server.ts";

/**
 * The child process of `server.ts`: Tandem as `npm start` runs it, but serving the build in `DIST`,
 * recording every request, and delaying it by `LATENCY` milliseconds.
 */

const { DIST = "", SITE = "built", LATENCY = "0" } = process.env;
const latency = Number(LATENCY);
let hits: Hit[] = [];
let notes: Note[] = [];
const streams = new Set<object>();

const log = console.log;
console.log = (...values: unknown[]) => {
  if (String(values[0]).startsWith("db edited by hand"))
    notes.push({ at: Date.now(), what: "edit" });
  log(...values);
};

const tandem = await createTandem(readSettings(process.env), ({ shell, pane }) => {
  observe(shell);
  observe(pane);
  return SITE === "plain" ? createPlainSites(DIST) : createBuiltSites(DIST);
});

process.on("message", (id) => {
  process.send?.({ id, hits, notes, openStreams: streams.size });
  hits = [];
  notes = [];
});
process.on("disconnect", () => void tandem.close().finally(() => process.exit(0)));
process.send?.("ready");

function observe(server: Server): void {
  const emit = server.emit.bind(server) as (...args: unknown[]) => boolean;
  server.emit = ((event: string, ...args: unknown[]) => {
    if (event !== "request") return emit(event, ...args);
    record(...(args as Parameters<typeof record>));
    if (!latency) return emit(event, ...args);
    setTimeout(() => emit(event, ...args), latency);
    return true;
  }) as typeof server.emit;
}

function record(request: IncomingMessage, response: ServerResponse): void {
  const { method = "", url: path = "", socket } = request;
  const isApi = /^\/(api|faults)(\/|\?|$)/.test(path);
  const isStream = Boolean(request.headers.accept?.includes("text/event-stream"));
  const before = socket.bytesWritten;
  const kind = isStream ? "stream" : isApi ? "api" : "file";
  const hit: Hit = { at: Date.now(), ms: -1, kind, method, path, status: 0, bytes: 0 };
  hits.push(hit);
  response.once("close", () => {
    hit.ms = Date.now() - hit.at;
    hit.status = response.statusCode;
    hit.bytes = socket.bytesWritten - before;
    streams.delete(hit);
  });
  if (!isStream) return;
  streams.add(hit);
  const send = response.write.bind(response) as (...args: unknown[]) => boolean;
  response.write = ((chunk: string | Uint8Array, ...more: unknown[]) => {
    const rev = /^event: changes\nid: [^.]+\.(\d+)/.exec(Buffer.from(chunk).toString())?.[1];
    if (rev) notes.push({ at: Date.now(), what: "sent", rev: Number(rev) });
    return send(chunk, ...more);
  }) as typeof response.write;
}
