import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { onTestFinished, vi } from "vitest";
import { type ApiOptions, createApi } from "#api/create-api.ts";

// Real servers, files and processes: on a busy machine they take their time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

export type Json = Record<string, unknown>;

/** Small, so that tests are quick and their numbers can be counted. */
export const smallData = {
  users: [
    { id: "usr-1", name: "Maya" },
    { id: "usr-2", name: "Tom", role: "Support" },
  ],
  accounts: [
    account("acc-1", "Northgate"),
    account("acc-2", "Bluepine"),
    account("acc-3", "Quiet"),
  ],
  activities: Array.from({ length: 12 }, (_, index) => activity(index + 1)),
};

export function account(id: string, name: string): Json {
  return { id, name, ownerId: "usr-1", plan: "Growth", status: "active", notes: "", shelf: "A" };
}

export function activity(number: number, more: Json = {}): Json {
  const day = String(number).padStart(2, "0");
  return {
    id: `act-${day}`,
    accountId: number % 3 === 0 ? "acc-2" : "acc-1",
    kind: "note",
    title: `Note ${number}`,
    at: `2026-11-${day}T09:00:00.000Z`,
    pinned: number === 1,
    authorId: "usr-1",
    ...more,
  };
}

/** A data file in a folder of its own, gone when the test is. */
type OnDone = (cleanUp: () => void | Promise<void>) => void;

export function makeFile(data: unknown = smallData, onDone: OnDone = onTestFinished): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-api-"));
  onDone(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "db.json");
  fs.writeFileSync(file, typeof data === "string" ? data : `${JSON.stringify(data, null, 2)}\n`);
  return file;
}

export function readFile(file: string): Record<string, Json[]> {
  return JSON.parse(fs.readFileSync(file, "utf8"));
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: Json;
  rows: Json[];
  revision: string;
}

export type TestApi = Awaited<ReturnType<typeof startApi>>;

/** The real API on a free port, over HTTP. */
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
      init.headers = { "Content-Type": "application/json", ...headers };
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
    /** Answers that have not ended: the feeds that are open. */
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

/** Asks again until `claim` holds, and fails with its last error. */
export async function eventually<T>(claim: () => Promise<T> | T, withinMs = 3_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await claim();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

export const revOf = (revision: string): number => Number(revision.split(".")[1]);
