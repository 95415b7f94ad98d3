import fs from "node:fs";
import http from "node:http";
import { onTestFinished } from "vitest";
import { type Api, type ApiOptions, createApi } from "#api/create-api.ts";
import { type Json, makeFile, type OnDone, readFile, smallData } from "./data-file.ts";

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: Json;
  rows: Json[];
  revision: string;
}

export type TestApi = Awaited<ReturnType<typeof serveApi>>;

/** Whether the API under test stores its rows in a file: `postgres/contract.slow.test.ts` runs tests on PostgreSQL. */
export const isOnFile = !process.env.TEST_DATABASE_URL;

/** The real API, over HTTP on a free port, with the rows of a data file. */
export async function startApi(options: Partial<ApiOptions> = {}, onDone: OnDone = onTestFinished) {
  const file = options.file ?? makeFile(smallData, onDone);
  const lines: string[] = [];
  const api = await createApi({
    allowFaults: true,
    log: (line) => lines.push(line),
    ...options,
    ...(isOnFile ? { file } : { databaseUrl: await databaseOf(file) }),
  });
  return serveApi(api, { file, lines }, onDone);
}

/** An API that is open already. `file` and `lines` are handed on. */
export async function serveApi(
  api: Api,
  { file, lines }: { file: string; lines: string[] },
  onDone: OnDone,
) {
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
    /** The rows as they are stored. */
    stored: async () => (isOnFile ? readFile(file) : exportedFrom(file)),
    /** How many responses have not ended: the open change streams. */
    openAnswers: () => open.size,
    call,
    get: (target: string, headers?: Record<string, string>) =>
      call("GET", target, undefined, headers),
  };
}

const databases = new Map<string, Promise<string>>();

/** A database of its own with the rows of a file: a server that starts on the same file again goes on with it. */
function databaseOf(file: string): Promise<string> {
  const made =
    databases.get(file) ??
    import("./start-postgres.ts").then(({ createTestDatabase }) =>
      createTestDatabase(process.env.TEST_DATABASE_URL ?? "", fs.readFileSync(file)),
    );
  databases.set(file, made);
  return made;
}

async function exportedFrom(file: string): Promise<Record<string, Json[]>> {
  const { exportedText } = await import("./start-postgres.ts");
  return JSON.parse(await exportedText(await databaseOf(file)));
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
