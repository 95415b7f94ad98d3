import { once } from "node:events";
import { readFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import jsonServer from "json-server";
import { type ApiOptions, createApi } from "#api/create-api.ts";
import { makeFile, type OnDone, smallData } from "#api/testing/data-file.ts";
import { createTestDatabase } from "#api/testing/start-postgres.ts";
import { type ConformanceReport, runConformance } from "#sync/testing";

const json = { "Content-Type": "application/json" };

/** Runs the suite on one row of a server. */
function runOn(
  { changes, row }: { changes: string; row: string },
  restart?: () => Promise<void>,
): Promise<ConformanceReport> {
  return runConformance({
    url: changes,
    write: (n, headers) =>
      fetch(row, {
        method: "PATCH",
        headers: { ...json, ...headers },
        body: JSON.stringify({ title: `note ${n}` }),
      }),
    async read() {
      const response = await fetch(row);
      const rows = await response.json();
      return Response.json([rows].flat()[0], response);
    },
    ...(restart && { restart }),
    // A loaded machine is slow, not wrong.
    patience: 30_000,
    pingWithin: 30_000,
  });
}

/** Tandem's own API, on a file or on a database with the rows of one. */
export async function tryApi(
  store: { databaseUrl?: string },
  onDone: OnDone,
): Promise<ConformanceReport> {
  const file = makeFile(smallData, onDone);
  const options: ApiOptions =
    store.databaseUrl === undefined
      ? { file }
      : { databaseUrl: await createTestDatabase(store.databaseUrl, readFileSync(file)) };
  let api = await createApi(options);
  const server = http.createServer((req, res) => api.handler(req, res));
  const url = await listen(server, onDone);
  onDone(() => api.close());
  return runOn({ changes: `${url}/changes`, row: `${url}/activities/act-02` }, async () => {
    await api.close();
    api = await createApi(options);
  });
}

/** The example, which is started again after it was killed. */
export async function tryExample(
  url: string,
  restart: () => Promise<void>,
): Promise<ConformanceReport> {
  const made = await fetch(`${url}/api/notes`, {
    method: "POST",
    headers: json,
    body: JSON.stringify({ title: "tried" }),
  });
  const { id } = await made.json();
  return runOn({ changes: `${url}/api/changes`, row: `${url}/api/notes/${id}` }, restart);
}

export async function tryJsonServer(onDone: OnDone): Promise<ConformanceReport> {
  const app = jsonServer.create();
  app.use(jsonServer.router({ notes: [{ id: 1, title: "one", version: 1 }] }));
  const url = await listen(http.createServer(app), onDone);
  return runOn({ changes: `${url}/changes`, row: `${url}/notes/1` });
}

async function listen(server: http.Server, onDone: OnDone): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onDone(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const words = { passed: "yes", failed: "no", "not checked": "-" } as const;

/** What each server does, as a table: a line for each check. */
export function tableOf(reports: Readonly<Record<string, ConformanceReport>>): string {
  const columns = Object.values(reports);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const names = columns[0]?.checks ?? [];
  return [
    line(["", ...Object.keys(reports)]),
    line(["---", ...columns.map(() => "---")]),
    ...names.map(({ name, level }, at) =>
      line([
        level === "may" ? `${name} (optional)` : name,
        ...columns.map(({ checks }) => words[checks[at]?.outcome ?? "not checked"]),
      ]),
    ),
  ].join("\n");
}
