import http, { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { createAccess } from "#api/http/access.ts";
import { createApp } from "#api/http/create-app.ts";
import { makeFile, smallData } from "#api/testing/data-file.ts";
import { freePorts } from "#api/testing/free-ports.ts";
import { createTandem } from "#server/create-tandem.ts";
import { readSettings } from "#server/settings.ts";
import { createHealth } from "./health.ts";
import { createLog } from "./log.ts";

async function listenOn(server: http.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

async function start(env: NodeJS.ProcessEnv = {}) {
  const [shellPort = 0, panePort = 0] = await freePorts(2);
  const settings = {
    ...readSettings(env),
    shellPort,
    panePort,
    db: makeFile({ ...smallData, posts: [{ id: 1 }] }),
  };
  const tandem = await createTandem(settings, () => ({
    shell: (_, response) => void response.end("shell"),
    pane: (_, response) => void response.end("pane"),
    build: () => null,
    close: async () => {},
  }));
  let closing: Promise<void> | null = null;
  const close = () => (closing ??= tandem.close());
  onTestFinished(close);
  return {
    close,
    shell: `http://localhost:${shellPort}`,
    pane: `http://localhost:${panePort}`,
    panePort,
  };
}

const json = { "Content-Type": "application/json" };

/** With a `Host` of choice, and on a connection that is kept where an agent is given. */
function ask(options: http.RequestOptions): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    http
      .get({ host: "localhost", ...options }, (response) => {
        let text = "";
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
      })
      .on("error", reject);
  });
}

/** Resolves when the server has the head of the request, with the status that it will answer. */
function begin(options: http.RequestOptions, body = ""): Promise<{ status: Promise<number> }> {
  return new Promise((resolve, reject) => {
    const headers = { ...options.headers, Expect: "100-continue" };
    const request = http.request({ host: "localhost", ...options, headers });
    const status = new Promise<number>((answer) =>
      request.on("response", (response) => {
        response.resume();
        answer(response.statusCode ?? 0);
      }),
    );
    request.on("error", reject);
    request.on("continue", () => {
      request.end(body);
      resolve({ status });
    });
    request.flushHeaders();
  });
}

test("both origins say that they answer and are ready, to whatever name they are asked by", async () => {
  const { shell, pane } = await start();
  for (const url of [shell, pane])
    for (const path of ["/healthz", "/readyz"]) {
      const { port } = new URL(url);
      const answer = await ask({ port, path, headers: { Host: "10.0.0.7" } });
      expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { status: "ok" }]);
    }
  const page = await ask({ port: new URL(pane).port, path: "/", headers: { Host: "10.0.0.7" } });
  expect(page.status).toBe(403);
});

test("a server that drains, or is behind its database, is alive and not ready, and says why", async () => {
  let isDraining = false;
  let behind: string | null = null;
  const send = createHealth({ isDraining: () => isDraining, behind: () => behind });
  const server = createServer((request, response) => void send(request, response));
  onTestFinished(() => void server.close());
  const port = await listenOn(server);
  const states = async () => {
    const answers = await Promise.all(["/healthz", "/readyz"].map((path) => ask({ port, path })));
    return answers.map(({ status, text }) => [status, JSON.parse(text).why]);
  };
  expect(await states()).toEqual([
    [200, undefined],
    [200, undefined],
  ]);
  behind = "PostgreSQL does not answer";
  expect(await states()).toEqual([
    [200, undefined],
    [503, "PostgreSQL does not answer"],
  ]);
  behind = null;
  isDraining = true;
  expect(await states()).toEqual([
    [200, undefined],
    [503, "shutting down"],
  ]);
});

test("a server that stops answers what was asked, ends its streams, and takes no more connections", async () => {
  const { shell, pane, panePort, close } = await start();
  const kept = new http.Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => kept.destroy());
  await ask({ port: panePort, path: "/api/posts", agent: kept });
  const stream = await fetch(`${pane}/api/changes`, { headers: { Accept: "text/event-stream" } });
  await fetch(`${shell}/faults`, {
    method: "PATCH",
    body: '{"latencyMs":400}',
    headers: { ...json, "Tandem-Faults": "1" },
  });
  const path = "/api/posts";
  const write = await begin({ port: panePort, path, method: "POST", headers: json }, '{"a":1}');
  const read = await begin({ port: panePort, path, agent: kept });

  const stopped = close();
  expect([await write.status, await read.status]).toEqual([201, 200]);
  // It ends, and is not cut off.
  expect(await stream.text()).toContain("event: hello");
  await stopped;
  await expect(fetch(`${pane}/healthz`)).rejects.toThrow();
  await expect(fetch(`${shell}/healthz`)).rejects.toThrow();
});

test("METRICS_PORT serves numbers for Prometheus, in which no name of a person's stands", async () => {
  const [port = 0] = await freePorts(1);
  const { pane } = await start({ METRICS_PORT: String(port) });
  await fetch(`${pane}/api/posts?q=secret`);
  await fetch(`${pane}/api/secret`);
  await fetch(`${pane}/api/activities/act-01`, {
    method: "PATCH",
    body: '{"pinned":false}',
    headers: json,
  });
  const stream = await fetch(`${pane}/api/changes`, { headers: { Accept: "text/event-stream" } });
  const read = async () => (await ask({ port, path: "/metrics" })).text;
  const lines = [
    'tandem_requests_total{origin="pane",method="GET",route="other",status="200"} 1',
    'tandem_requests_total{origin="pane",method="GET",route="other",status="404"} 1',
    'tandem_requests_total{origin="pane",method="PATCH",route="activities",status="200"} 1',
    'tandem_streams{workspace="main"} 1',
    'tandem_queued{workspace="main"} 0',
    'tandem_lag{workspace="main"} 0',
  ];
  // A request is counted once its connection has taken the answer.
  await expect.poll(read).toContain(lines[2]);
  const text = await read();
  for (const line of lines) expect(text).toContain(`${line}\n`);
  expect(text).toMatch(/tandem_log_position\{workspace="main"\} \d+/);
  expect(text).toMatch(/process_cpu_seconds_total/);
  expect(text).not.toContain("secret");
  expect((await ask({ port, path: "/" })).status).toBe(404);
  expect((await fetch(`${pane}/metrics`)).status).toBe(200); // The page of that name: not the numbers.
  expect(await (await fetch(`${pane}/metrics`)).text()).toBe("pane");
  await stream.body?.cancel();
});

test("an error of the server's has one reference in the answer, its header and the log", async () => {
  const lines: string[] = [];
  const log = await createLog("json", { write: (line) => void lines.push(line) });
  const app = createApp(
    () => {
      throw new Error("no disk");
    },
    {
      access: createAccess({ allowedHosts: [], allowedOrigins: [] }),
      revision: () => ({ epoch: "e", rev: 1 }),
      log: log.line,
    },
  );
  const server = createServer((request, response) => {
    response.setHeader("Request-Id", "0a1b2c");
    app(request as never, response as never);
  });
  onTestFinished(() => void server.close());
  const { status, text } = await ask({ port: await listenOn(server), path: "/posts?q=secret" });
  expect([status, JSON.parse(text).detail]).toEqual([
    500,
    "The server failed on this request. Reference: 0a1b2c",
  ]);
  log.request({ id: "0a1b2c", origin: "pane", method: "GET", path: "/posts", status, ms: 1.5 });
  const [failure, request] = lines.map((line) => JSON.parse(line));
  expect(failure.msg).toMatch(/^request 0a1b2c failed: Error: no disk/);
  expect(request).toMatchObject({ level: 50, id: "0a1b2c", path: "/posts", status: 500, ms: 1.5 });
  expect(lines.join()).not.toContain("secret");
});
