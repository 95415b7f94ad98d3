import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createApiProxy } from "./api-proxy.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

/** A proxy in front of `listener`. */
async function open(listener: RequestListener, path = ""): Promise<string> {
  return serve(createApiProxy(new URL((await serve(listener)) + path), []).handler);
}

const echo: RequestListener = async (request, response) => {
  const { method, url, headers } = request;
  let body = "";
  for await (const chunk of request) body += chunk;
  response.setHeader("X-Total-Count", "12").setHeader("Access-Control-Allow-Origin", "*");
  response.end(JSON.stringify({ method, url, headers, body }));
};

test("a request arrives as it was made, and the answer comes back", async () => {
  const url = await open(echo);
  const response = await fetch(`${url}/activities/a%2Fb?_limit=2&q=é`, {
    method: "PATCH",
    headers: { "Content-Type": "application/json", "Idempotency-Key": "k" },
    body: '{"pinned":true}',
  });
  expect(response.headers.get("X-Total-Count")).toBe("12");
  expect(await response.json()).toMatchObject({
    method: "PATCH",
    url: "/activities/a%2Fb?_limit=2&q=%C3%A9",
    headers: { "content-type": "application/json", "idempotency-key": "k" },
    body: '{"pinned":true}',
  });
});

test("an API below a path is asked there", async () => {
  const url = await open(echo, "/crm/");
  expect(await (await fetch(`${url}/accounts`)).json()).toMatchObject({ url: "/crm/accounts" });
});

test("refusals of the other API come back as they are", async () => {
  const url = await open((_, response) => response.writeHead(404).end("{}"));
  const response = await fetch(`${url}/accounts/none`);
  expect([response.status, await response.text()]).toEqual([404, "{}"]);
});

test("a stream is heard while it goes on, and ends when nobody listens", async () => {
  let ended = () => {};
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const url = await open((_, response) => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write("data: 1\n\n");
    response.on("close", ended);
  });
  const leaving = new AbortController();
  const response = await fetch(url, { signal: leaving.signal });
  const first = await response.body?.getReader().read();
  expect(new TextDecoder().decode(first?.value)).toBe("data: 1\n\n");
  leaving.abort();
  await end;
});

test("where nothing answers, a problem says where it was looked for", async () => {
  const gone = await serve(() => {});
  servers.pop()?.close();
  const url = await serve(createApiProxy(new URL(gone), []).handler);
  const response = await fetch(`${url}/accounts`);
  expect(response.headers.get("Content-Type")).toBe("application/problem+json");
  expect(await response.json()).toEqual({
    title: "Bad gateway",
    status: 502,
    detail: `Nothing answers at ${gone}, where API points. Start the API there.`,
  });
});

test("an answer that breaks off before it begins is told apart, as the write may have been done", async () => {
  const url = await open((request) => void request.socket.destroy());
  const response = await fetch(`${url}/accounts`);
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({ detail: expect.stringContaining("was lost") });
});

test("an answer that breaks off later is not passed for a whole one", async () => {
  const url = await open((_, response) => {
    response.writeHead(200);
    response.write("[1,", () => response.destroy());
  });
  await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
});

test("a page of elsewhere may neither write nor read", async () => {
  const asked: string[] = [];
  const url = await open((request, response) => {
    asked.push(`${request.method} ${request.headers.origin}`);
    echo(request, response);
  });
  const headers = { Origin: "http://elsewhere.example" };
  const write = await fetch(`${url}/accounts/1`, { method: "DELETE", headers });
  expect(write.status).toBe(403);
  const read = await fetch(`${url}/accounts`, { headers });
  expect(read.headers.get("Access-Control-Allow-Origin")).toBeNull();
  expect(asked).toEqual(["GET undefined"]);
});
