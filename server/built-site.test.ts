import fs from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { runInNewContext } from "node:vm";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, onTestFinished, test, vi } from "vitest";
import { readAsSent } from "#api/testing/read-as-sent.ts";
import type { RemoteList } from "#contract/remotes.ts";
import { precompressFolder } from "../scripts/precompress.ts";
import { createBuiltSites } from "./built-site.ts";

const code = `export const text = "${"Tandem ".repeat(500)}";\n`;

/** One of the two origins, with one file of code. */
async function start({
  isOpen = false,
  keepsPages = false,
  path: asked = "/assets/app-1234.js",
  site = "pane" as "pane" | "shell",
  offered = { remotes: [], faults: [] } as RemoteList,
} = {}): Promise<string> {
  const dist = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-dist-"));
  onTestFinished(() => fs.rmSync(dist, { recursive: true, force: true }));
  const assets = path.join(dist, "tab-app", "assets");
  fs.mkdirSync(assets, { recursive: true });
  for (const folder of ["host", "frame", "worker", "remotes"])
    fs.mkdirSync(path.join(dist, folder));
  fs.writeFileSync(path.join(dist, "worker", "worker.js"), "work(self.tandemPages);");
  fs.writeFileSync(path.join(assets, "app-1234.js"), code);
  for (const [folder, head] of [
    ["host", "%REMOTES%"],
    ["tab-app", ""],
  ] as const)
    fs.writeFileSync(
      path.join(dist, folder, "index.html"),
      `<head>${head}</head><body>Page</body>`,
    );
  precompressFolder(path.join(dist, "tab-app"));
  const remotes = { read: () => offered };
  const sites = createBuiltSites(dist, { isOpen, keepsPages, remotes });
  const server = createServer((request, response) =>
    sites[site](request, response, { shell: "http://localhost:1", pane: "http://localhost:2" }),
  );
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  onTestFinished(() => void server.close());
  return `http://localhost:${(server.address() as AddressInfo).port}${asked}`;
}

test("the page of a tab says that access is open where it is, and nothing where it is not", async () => {
  const read = async (isOpen: boolean) => (await fetch(await start({ isOpen, path: "/" }))).text();
  expect(await read(true)).toContain("Open to everyone who reaches this address");
  expect(await read(false)).toBe("<head></head><body>Page</body>");
});

test("the shell's page has the remotes that are offered, as text, and may frame their origins and no other", async () => {
  const remote = {
    name: "other",
    title: `"Other" <b>&`,
    page: "https://other.test/pane",
    contract: [1, 1] as [number, number],
    sandbox: [],
    allow: [],
  };
  const offered = { remotes: [remote], faults: ["wrong: title is missing"] };
  const response = await fetch(await start({ path: "/", site: "shell", offered }));
  const policy = response.headers.get("Content-Security-Policy");
  expect(policy).toContain("frame-src http://localhost:2 https://other.test;");
  const [, attribute = ""] = /<head>(.*)<\/head>/.exec(await response.text()) ?? [];
  expect(attribute).not.toMatch(/[<>"]/);
  const text = attribute
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
  expect(JSON.parse(text)).toEqual(offered);
});

test("the worker that keeps the pages is given every file of them, and what makes it another worker", async () => {
  const response = await fetch(await start({ keepsPages: true, path: "/pages-worker.js" }));
  expect(response.headers.get("Content-Type")).toContain("text/javascript");
  expect(response.headers.get("Cache-Control")).toBe("no-cache");
  const text = await response.text();
  const [, list = ""] = /self\.tandemPages = (.*);\nwork/.exec(text) ?? [];
  expect(JSON.parse(list)).toEqual({
    build: expect.stringMatching(/^[\w-]{12}$/),
    fixed: ["/frame.html", "/", "/mf-manifest.json", "/remoteEntry.js"],
    hashed: ["/assets/app-1234.js"],
    origins: { shell: "http://localhost:1", pane: "http://localhost:2" },
  });
});

test("switched off, a worker that is there deletes what it kept, and itself", async () => {
  const text = await (await fetch(await start({ path: "/pages-worker.js" }))).text();
  const deleted: string[] = [];
  const handlers = new Map<string, (event: unknown) => void>();
  const unregister = vi.fn();
  const skipWaiting = vi.fn();
  runInNewContext(text, {
    self: {
      addEventListener: (type: string, handler: (event: unknown) => void) =>
        handlers.set(type, handler),
      skipWaiting,
      registration: { unregister },
    },
    caches: {
      keys: async () => ["tandem-pages one", "of another program"],
      delete: async (name: string) => deleted.push(name),
    },
  });
  handlers.get("install")?.({});
  let done: Promise<unknown> = Promise.resolve();
  handlers.get("activate")?.({
    waitUntil(until: Promise<unknown>) {
      done = until;
    },
  });
  await done;
  expect(deleted).toEqual(["tandem-pages one"]);
  expect(skipWaiting).toHaveBeenCalledOnce();
  expect(unregister).toHaveBeenCalledOnce();
  expect([...handlers.keys()]).not.toContain("fetch");
});

test("code is sent as small as the browser accepts it, and caches know that there are several forms", async () => {
  const url = await start();
  const forms = {
    "gzip, deflate, br": ["br", brotliDecompressSync],
    gzip: ["gzip", gunzipSync],
    identity: [undefined, (body: Buffer) => body],
  } as const;
  for (const [accepted, [encoding, decode]] of Object.entries(forms)) {
    const { headers, body } = await readAsSent(url, accepted);
    expect(headers["content-encoding"]).toBe(encoding);
    expect(headers["content-type"]).toBe("text/javascript");
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(headers.vary).toBe("Accept-Encoding");
    expect(decode(body).toString()).toBe(code);
    if (encoding) expect(body.length).toBeLessThan(code.length / 10);
  }
});
