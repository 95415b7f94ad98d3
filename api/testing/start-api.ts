import http from "node:http";
import { onTestFinished } from "vitest";
import { type ApiOptions, createApi } from "#api/create-api.ts";
import { type Json, makeFile, type OnDone, smallData } from "./data-file.ts";

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: Json;
  rows: Json[];
  revision: string;
}

export type TestApi = Awaited<ReturnType<typeof startApi>>;

/** The real API, over HTTP on a free port. */
export async function startApi(options: Partial<ApiOptions> = {}, onDone: OnDone = onTestFinished) {
  const file = options.file ?? makeFile(smallData, onDone);
  const lines: string[] = [];
  const api = await createApi({
    allowFaults: true,
    log: (line) => lines.push(line),
    ...options,
    file,
  });
  const open = new Set<http.ServerResponse>();
  const server = http.createServer((req, res) => {
    open.add(res);
    res.once("close", () => open.delete(res));
    api.handler(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const base = `http://127.0.0.1:${port}`;
  let stopped: Promise<void> | null = null;

  function stop(): Promise<void> {
    stopped ??= (async () => {
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), api.close()]);
    })();
    return stopped;
  }
  onDone(stop);

  async function call(
    method: string,
    target: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const init: RequestInit = { method, headers };
    if (body !== undefined) {
      init.body = typeof body === "string" ? body : JSON.stringify(body);
      const faults = target === "/faults" && { "Tandem-Faults": "1" };
      init.headers = { "Content-Type": "application/json", ...faults, ...headers };
    }
    return toReply(await fetch(`${base}${target}`, init));
  }

  return {
    base,
    port,
    file,
    lines,
    api,
    stop,
    /** How many responses have not ended: the open change streams. */
    openAnswers: () => open.size,
    call,
    get: (target: string, headers?: Record<string, string>) =>
      call("GET", target, undefined, headers),
  };
}

async function toReply(response: Response): Promise<Reply> {
  const text = await response.text();
  const value = text ? JSON.parse(text) : {};
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: value,
    rows: value,
    revision: response.headers.get("Tandem-Revision") ?? "",
  };
}

export const revOf = (revision: string): number => Number(revision.split(".")[1]);
