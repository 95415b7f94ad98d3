import http from "node:http";
import net from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test, vi } from "vitest";
import { type NodeHandler, toNodeHandler } from "./node-handler.ts";

async function start(handler: NodeHandler): Promise<number> {
  const server = http.createServer((req, res) => void handler(req, res));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as net.AddressInfo).port;
}

test("a request arrives with its method, path, headers and body, and the answer with its own", async () => {
  const port = await start(
    toNodeHandler(async (request) => {
      const { pathname, search } = new URL(request.url);
      const seen = [request.method, pathname, search, request.headers.get("x-own")];
      const headers = new Headers({ "X-Answer": "1" });
      headers.append("Set-Cookie", "a=1");
      headers.append("Set-Cookie", "b=2");
      return new Response(JSON.stringify([...seen, await request.text()]), {
        status: 201,
        headers,
      });
    }),
  );
  const response = await fetch(`http://127.0.0.1:${port}//notes/1?a=b`, {
    method: "POST",
    headers: { "X-Own": "ü" },
    body: "text ✓",
  });
  expect([response.status, response.headers.get("X-Answer")]).toEqual([201, "1"]);
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  expect(await response.json()).toEqual(["POST", "//notes/1", "?a=b", "ü", "text ✓"]);
});

test("a HEAD is answered without a body, which is given up", async () => {
  const cancel = vi.fn();
  const port = await start(
    toNodeHandler(() => new Response(new ReadableStream({ cancel }), { headers: { "X-A": "1" } })),
  );
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: "HEAD" });
  expect([response.headers.get("X-A"), await response.text()]).toEqual(["1", ""]);
  expect(cancel).toHaveBeenCalledOnce();
});

test.each(["a b", "user:word@host", "[", "host:99999"])(
  "a request with the Host %s is refused, and stops nothing",
  async (host) => {
    const port = await start(toNodeHandler(() => new Response("ok")));
    const socket = net.connect(port, "127.0.0.1");
    socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(await text(socket)).toMatch(/^HTTP\/1.1 400 /);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("ok");
  },
);

test("what a handler throws is a 500, or the framework's", async () => {
  const reported = vi.spyOn(console, "error").mockImplementation(() => {});
  const broken = toNodeHandler(() => {
    throw new Error("broken");
  });
  const port = await start(broken);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(500);
  expect(reported).toHaveBeenCalledWith(new Error("broken"));
  const framework = await start((req, res) =>
    broken(req, res, (error) => void res.writeHead(418).end((error as Error).message)),
  );
  const response = await fetch(`http://127.0.0.1:${framework}/`);
  expect([response.status, await response.text()]).toEqual([418, "broken"]);
});

test("a connection that accepts nothing holds its body back, and is cut when that fails", async () => {
  let made = 0;
  let fail = (_: Error) => {};
  const body = new ReadableStream(
    {
      start(controller) {
        fail = (error) => controller.error(error);
      },
      pull(controller) {
        made += 1;
        controller.enqueue(new Uint8Array(1_000_000));
      },
    },
    { highWaterMark: 0 },
  );
  let isClosed = false;
  const answer = toNodeHandler(() => new Response(body));
  const port = await start((req, res) => {
    res.on("close", () => {
      isClosed = true;
    });
    return answer(req, res);
  });
  const request = http.get({ port, host: "127.0.0.1" }, (response) => response.pause());
  request.on("error", () => {});
  let before = -1;
  // What the connection takes in on its way is bounded, and does not grow any more then.
  await expect
    .poll(
      () => {
        const stands = made > 0 && made === before;
        before = made;
        return stands;
      },
      { interval: 200, timeout: 20_000 },
    )
    .toBe(true);
  expect(made).toBeLessThan(100);
  expect(isClosed).toBe(false);
  fail(new Error("the reader reads nothing"));
  await expect.poll(() => isClosed, { timeout: 20_000 }).toBe(true);
});
