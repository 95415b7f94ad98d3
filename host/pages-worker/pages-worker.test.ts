import { expect, test } from "vitest";
import { createPagesWorker } from "./pages-worker.ts";

const origin = "http://tandem.test";

/** The caches of a browser: they stay when a worker gives way to the next one. */
function fakeCaches() {
  const all = new Map<string, Map<string, Response>>();
  const find = (stored: Map<string, Response>, url: string) => stored.get(url)?.clone();
  return {
    all,
    async open(name: string) {
      const stored = all.get(name) ?? new Map<string, Response>();
      all.set(name, stored);
      const cache = {
        put: async (url: string, response: Response) => void stored.set(url, response),
        match: async (url: string) => find(stored, url),
      };
      return cache as unknown as Cache;
    },
    keys: async () => [...all.keys()],
    delete: async (name: string) => all.delete(name),
    async match(url: RequestInfo | URL) {
      return [...all.values()].map((stored) => find(stored, String(url))).find(Boolean);
    },
  };
}

/** A browser and the server that it reaches. */
function setUp() {
  const caches = fakeCaches();
  const server = {
    build: "one",
    /** How it answers what it has; null when nothing answers. */
    status: 200 as number | null,
    isSilent: false,
    asked: [] as string[],
  };
  const filesOf = (build: string) => ({
    served: { build, fixed: ["/", "/entry.js"], hashed: [`/assets/tab-${build}.js`] },
  });
  async function fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    server.asked.push(pathname);
    if (server.isSilent) return new Promise(() => {});
    if (server.status === null) throw new TypeError("Failed to fetch");
    const { fixed, hashed } = filesOf(server.build).served;
    const status = [...fixed, ...hashed].includes(pathname) ? server.status : 404;
    const headers = { "Tandem-Build": server.build };
    return new Response(`${pathname} of ${server.build}`, { status, headers });
  }
  const workerOf = (build: string) =>
    createPagesWorker({ ...filesOf(build), origin, caches, fetch, patience: 5 });

  async function start(build: string) {
    const worker = workerOf(build);
    await worker.install();
    await worker.activate();
    return worker;
  }
  return { caches, server, workerOf, start };
}

function ask(worker: ReturnType<typeof createPagesWorker>, path: string, clientId = "") {
  const request = new Request(new URL(path, origin));
  if (path.startsWith("/?") || path === "/")
    Object.defineProperty(request, "mode", { value: "navigate" });
  return worker.answer({ request, clientId });
}
const text = async (answer: Promise<Response> | null) => (await answer)?.text();

test("a page and all it loads come from the cache when nothing answers, whatever is in its query", async () => {
  const { server, start } = setUp();
  const worker = await start("one");
  server.status = null;
  for (const path of ["/", "/?account=acc-05", "/entry.js", "/assets/tab-one.js"])
    expect(await text(ask(worker, path))).toBe(`${path.replace(/\?.*/, "")} of one`);
});

test.each([502, 503, 504])("a gateway that answers %i counts as nothing", async (status) => {
  const { server, start } = setUp();
  const worker = await start("one");
  server.status = status;
  expect(await text(ask(worker, "/"))).toBe("/ of one");
});

test("a server that does not answer in time counts as away, and its page asks nothing more of it", async () => {
  const { server, start } = setUp();
  const worker = await start("one");
  server.isSilent = true;
  expect(await text(ask(worker, "/", "page"))).toBe("/ of one");
  server.asked.length = 0;
  expect(await text(ask(worker, "/entry.js", "page"))).toBe("/entry.js of one");
  expect(server.asked).toEqual([]);
});

test("online a reload brings the newest build at once, and the kept files of the build before stay for open tabs", async () => {
  const { server, start } = setUp();
  const worker = await start("one");
  server.build = "two";
  expect(await text(ask(worker, "/"))).toBe("/ of two");
  expect(await text(ask(worker, "/entry.js"))).toBe("/entry.js of two");
  expect(await text(ask(worker, "/assets/tab-one.js"))).toBe("/assets/tab-one.js of one");
  const next = await start("two");
  expect(await text(ask(next, "/assets/tab-one.js"))).toBe("/assets/tab-one.js of one");
  server.status = null;
  expect(await text(ask(next, "/"))).toBe("/ of two");
});

test("of more builds than two the older ones are deleted, also when one of them came back", async () => {
  const { caches, server, start } = setUp();
  await caches.open("not ours");
  for (const build of ["one", "two", "one", "three"]) {
    server.build = build;
    await start(build);
  }
  expect(await caches.keys()).toEqual(["not ours", "tandem-pages one", "tandem-pages three"]);
});

test("a build that is replaced while it is being stored leaves no page, and the worker before goes on", async () => {
  const { server, start, workerOf } = setUp();
  const worker = await start("one");
  const next = workerOf("two");
  server.build = "three";
  await expect(next.install()).rejects.toThrow("404");
  server.status = null;
  expect(await text(ask(worker, "/"))).toBe("/ of one");
  server.status = 200;
  server.build = "one";
  const same = createPagesWorker({
    served: { build: "two", fixed: ["/"], hashed: [] },
    origin,
    caches: fakeCaches(),
    fetch: async () => new Response("page", { headers: { "Tandem-Build": "one" } }),
  });
  await expect(same.install()).rejects.toThrow("of the build one");
});

test("rows, sign-in, writes and other origins are not the worker's", async () => {
  const { start } = setUp();
  const worker = await start("one");
  for (const path of [
    "/api/accounts",
    "/access/sign-in",
    "/alive",
    "/faults",
    "http://other.test/",
  ])
    expect(ask(worker, path)).toBeNull();
  const write = new Request(`${origin}/`, { method: "POST" });
  expect(worker.answer({ request: write, clientId: "" })).toBeNull();
});

test("an answer of the server that is no success is passed on, and without a cache a failure is one", async () => {
  const { caches, server, start } = setUp();
  const worker = await start("one");
  server.status = 403;
  expect((await ask(worker, "/"))?.status).toBe(403);
  caches.all.clear();
  server.status = 503;
  expect((await ask(worker, "/"))?.status).toBe(503);
  server.status = null;
  expect((await ask(worker, "/"))?.type).toBe("error");
});
