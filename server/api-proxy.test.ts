import { createServer, type RequestListener, type Server } from "node:http";
import net, { type AddressInfo } from "node:net";
import { afterEach, expect, onTestFinished, test } from "vitest";
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

/** Starts a proxy in front of `listener`. */
async function serveBehindProxy(listener: RequestListener, path = ""): Promise<string> {
  return serve(
    createApiProxy(new URL((await serve(listener)) + path), {
      allowedHosts: [],
      outside: () => "http://outer.example/api",
    }).handler,
  );
}

const echo: RequestListener = async (request, response) => {
  const { method, url, headers } = request;
  let body = "";
  for await (const chunk of request) body += chunk;
  response.setHeader("X-Total-Count", "12").setHeader("Access-Control-Allow-Origin", "*");
  response.end(JSON.stringify({ method, url, headers, body }));
};

test("a request is forwarded unchanged, and so is the response", async () => {
  const url = await serveBehindProxy(echo);
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

test("an API below a path is reached there", async () => {
  const url = await serveBehindProxy(echo, "/crm/");
  expect(await (await fetch(`${url}/accounts`)).json()).toMatchObject({ url: "/crm/accounts" });
});

test("errors of the other API are passed on unchanged", async () => {
  const url = await serveBehindProxy((_, response) => response.writeHead(404).end("{}"));
  const response = await fetch(`${url}/accounts/none`);
  expect([response.status, await response.text()]).toEqual([404, "{}"]);
});

test("a stream is passed on while it is open, and closed when its reader leaves", async () => {
  let ended = () => {};
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  const url = await serveBehindProxy((_, response) => {
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

test("a server that is down is reported with its address", async () => {
  const gone = await serve(() => {});
  servers.pop()?.close();
  const url = await serve(createApiProxy(new URL(gone), { allowedHosts: [] }).handler);
  const response = await fetch(`${url}/accounts`);
  expect(response.headers.get("Content-Type")).toBe("application/problem+json");
  expect(await response.json()).toEqual({
    title: "Bad Gateway",
    status: 502,
    detail: `No server answers at ${gone}, the address in API. Start it there.`,
  });
});

test("a connection that breaks before the response is reported differently: a write may have been carried out", async () => {
  const url = await serveBehindProxy((request) => void request.socket.destroy());
  const response = await fetch(`${url}/accounts`);
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({
    detail: expect.stringContaining("broke before it answered"),
  });
});

test("a response that breaks off is not passed on as a complete one", async () => {
  const url = await serveBehindProxy((_, response) => {
    response.writeHead(200);
    response.write("[1,", () => response.destroy());
  });
  await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
});

test("a page of another origin can neither write nor read", async () => {
  const forwarded: string[] = [];
  const url = await serveBehindProxy((request, response) => {
    forwarded.push(`${request.method} ${request.headers.origin}`);
    echo(request, response);
  });
  const headers = { Origin: "http://elsewhere.example" };
  const write = await fetch(`${url}/accounts/1`, { method: "DELETE", headers });
  expect(write.status).toBe(403);
  const read = await fetch(`${url}/accounts`, { headers });
  expect(read.headers.get("Access-Control-Allow-Origin")).toBeNull();
  expect(forwarded).toEqual(["GET undefined"]);
});

test("URLs of the other API lead through the proxy", async () => {
  const url = await serveBehindProxy((request, response) => {
    const origin = `http://${request.headers.host}`;
    response.setHeader(
      "Link",
      `<${origin}/crm/posts?_page=1>; rel="first", </crm/posts?_page=2>; rel="next", <${origin}/other>; rel="x", <http://elsewhere.example/crm/posts>; rel="y"`,
    );
    response.writeHead(201, {
      Location: `${origin}/crm/posts/1`,
    });
    response.end("{}");
  }, "/crm/");
  const response = await fetch(`${url}/posts`, { redirect: "manual" });
  expect(response.headers.get("Location")).toBe("http://outer.example/api/posts/1");
  const link = response.headers.get("Link") ?? "";
  expect(link).toContain('<http://outer.example/api/posts?_page=1>; rel="first"');
  expect(link).toContain('<http://outer.example/api/posts?_page=2>; rel="next"');
  expect(link).toContain("/other>");
  expect(link).toContain("<http://elsewhere.example/crm/posts>");
});

/** A server that answers each connection with these bytes. */
async function serveRaw(text: string): Promise<string> {
  const server = net.createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.write(text));
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  onTestFinished(() => void server.close());
  const target = new URL(`http://localhost:${(server.address() as AddressInfo).port}`);
  return serve(createApiProxy(target, { allowedHosts: [] }).handler);
}

test.each([
  ["the status 099", "HTTP/1.1 099 Odd\r\nContent-Length: 2\r\n\r\n{}", "status 99"],
  ["the status 999", "HTTP/1.1 999 Odd\r\nContent-Length: 2\r\n\r\n{}", "status 999"],
  ["101", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n", "101"],
  ["no HTTP", "hello\r\n\r\n", "broke before it answered"],
  [
    "a page",
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p>a",
    "text/html",
  ],
])("an answer with %s becomes a 502 problem, and the server goes on", async (_, text, reason) => {
  const url = await serveRaw(text);
  for (let turn = 0; turn < 2; turn += 1) {
    const response = await fetch(`${url}/accounts`);
    expect(response.status).toBe(502);
    expect(response.headers.get("Content-Type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({
      status: 502,
      detail: expect.stringContaining(reason),
    });
  }
});

test("neither cookies nor pages nor headers for the origin pass, in either direction", async () => {
  let cookie: string | undefined = "none";
  const url = await serveBehindProxy((request, response) => {
    cookie = request.headers.cookie;
    response.setHeader("Set-Cookie", "a=b").setHeader("Clear-Site-Data", '"*"');
    response.setHeader("Content-Security-Policy", "default-src *").setHeader("X-Total-Count", "3");
    response.setHeader(
      "Content-Type",
      request.url === "/page" ? "text/html; charset=utf-8" : "application/json",
    );
    response.writeHead(request.url === "/page" ? 500 : 200).end("{}");
  });
  const response = await fetch(`${url}/accounts`, { headers: { Cookie: "session=1" } });
  expect([...response.headers.keys()].sort()).toEqual(
    expect.arrayContaining(["content-type", "x-total-count"]),
  );
  for (const name of ["set-cookie", "clear-site-data", "content-security-policy"]) {
    expect(response.headers.get(name)).toBeNull();
  }
  expect(cookie).toBeUndefined();
  const page = await fetch(`${url}/page`);
  expect([page.status, page.headers.get("Content-Type")]).toEqual([
    500,
    "application/problem+json",
  ]);
});
