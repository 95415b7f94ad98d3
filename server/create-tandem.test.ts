import { expect, onTestFinished, test } from "vitest";
import { makeFile, smallData } from "#api/testing/data-file.ts";
import { freePorts } from "#api/testing/free-ports.ts";
import { createTandem } from "./create-tandem.ts";
import { readSettings, type Settings } from "./settings.ts";

/** Both origins, whose pages are the origins that they were given. */
async function start(more: Partial<Settings> = {}) {
  const data = { ...smallData, posts: [{ id: 1 }, { id: 2 }, { id: 3 }] };
  const settings = { ...readSettings({}), db: makeFile(data), ...more };
  const [shellPort = 0, panePort = 0] = await freePorts(2);
  const ports = { shellPort, panePort };
  const tandem = await createTandem({ ...settings, ...ports }, () => ({
    shell: (_, response, origins) => void response.end(JSON.stringify(origins)),
    pane: (_, response, origins) => void response.end(JSON.stringify(origins)),
    build: () => "build-1",
    close: async () => {},
  }));
  onTestFinished(tandem.close);
  const shell = `http://localhost:${ports.shellPort}`;
  return { tandem, shell, pane: `http://localhost:${ports.panePort}` };
}

const pin = { method: "PATCH", body: '{"pinned":true}' };
const json = { "Content-Type": "application/json" };

test("every response of both origins has the headers that keep other pages out", async () => {
  const { shell, pane } = await start();
  for (const url of [`${shell}/`, `${shell}/faults`, `${pane}/`, `${pane}/api/posts`]) {
    const { headers } = await fetch(url);
    expect(headers.get("Cross-Origin-Opener-Policy")).toBe("same-origin");
    expect(headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
    expect(headers.get("Permissions-Policy")).toContain("camera=()");
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    const isPane = url.startsWith(pane);
    expect(headers.get("Content-Security-Policy")).toBe(
      isPane ? `frame-ancestors 'self' ${shell}` : "frame-ancestors 'none'",
    );
    expect(headers.get("X-Frame-Options")).toBe(isPane ? null : "DENY");
    expect(headers.get("Origin-Agent-Cluster")).toBe(isPane ? "?1" : null);
  }
  const alive = await fetch(`${pane}/alive`);
  expect([alive.status, await alive.text()]).toEqual([204, ""]);
  expect(alive.headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin");
});

test("every answer names the build that is served, and so does a change stream when it opens", async () => {
  const { shell, pane } = await start();
  for (const url of [`${shell}/`, `${pane}/`, `${pane}/api/posts`, `${pane}/api/none`])
    expect((await fetch(url)).headers.get("Tandem-Build")).toBe("build-1");
  const closing = new AbortController();
  const stream = await fetch(`${pane}/api/changes`, {
    headers: { Accept: "text/event-stream" },
    signal: closing.signal,
  });
  let text = "";
  for await (const chunk of stream.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes("event: presence")) break;
  }
  closing.abort();
  expect(text).toContain('event: build\ndata: "build-1"\n');
});

test("Link and Location under /api lead where the client can go", async () => {
  const { pane } = await start();
  const page = await fetch(`${pane}/api/posts?_page=1&_limit=1`);
  const next = /<([^>]*)>; rel="next"/.exec(page.headers.get("Link") ?? "")?.[1] ?? "";
  expect(next).toBe(`${pane}/api/posts?_page=2&_limit=1`);
  expect(await (await fetch(next)).json()).toMatchObject([{ id: 2 }]);
  const made = await fetch(`${pane}/api/posts`, { method: "POST", body: "{}", headers: json });
  const location = made.headers.get("Location") ?? "";
  expect(location).toBe("/api/posts/4");
  expect((await fetch(new URL(location, made.url))).status).toBe(200);
});

test("faults are set by the shell's page only", async () => {
  const { shell, pane } = await start();
  const body = '{"failNextWrites":0}';
  const set = async (url: string, headers: Record<string, string>) =>
    (await fetch(url, { method: "PATCH", body, headers: { ...json, ...headers } })).status;
  const own = { Origin: shell, "Tandem-Faults": "1" };
  expect(await set(`${shell}/faults`, own)).toBe(200);
  expect(await set(`${shell}/faults`, { Origin: shell })).toBe(403);
  expect(await set(`${shell}/faults`, { ...own, Origin: pane })).toBe(403);
  expect(await set(`${pane}/api/faults`, own)).toBe(403);
  expect(await set(`${pane}/api/faults`, { ...own, Origin: pane })).toBe(403);
  expect(await set(`${pane}/api/faults`, { "Tandem-Faults": "1" })).toBe(200);

  const proxy = await start({ api: new URL(`${pane}/api`) });
  expect(await set(`${proxy.shell}/faults`, { ...own, Origin: proxy.shell })).toBe(200);
  expect(await set(`${proxy.pane}/api/faults`, { ...own, Origin: proxy.pane })).toBe(403);
  const page = await fetch(`${proxy.pane}/api/posts?_page=1&_limit=1`);
  expect(page.headers.get("Link")).toContain(`<${proxy.pane}/api/posts?_page=2&_limit=1>`);
});

test("with SHELL_URL and PANE_URL the pages, links and checks know the outer addresses", async () => {
  const outer = { shellUrl: "https://tandem.example", paneUrl: "https://panes.example:8443" };
  const { tandem, shell, pane } = await start(outer);
  expect(tandem.shellUrl).toBe("https://tandem.example/");
  expect(await (await fetch(shell)).json()).toEqual({
    shell: "https://tandem.example",
    pane: "https://panes.example:8443",
  });
  const framed = (await fetch(pane)).headers.get("Content-Security-Policy");
  expect(framed).toBe("frame-ancestors 'self' https://tandem.example");
  const page = await fetch(`${pane}/api/posts?_page=1&_limit=1`);
  expect(page.headers.get("Link")).toContain("<https://panes.example:8443/api/posts?_page=2");
  const write = async (Origin: string) =>
    (await fetch(`${pane}/api/activities/act-02`, { ...pin, headers: { ...json, Origin } })).status;
  expect(await write("https://panes.example:8443")).toBe(200);
  expect(await write("https://tandem.example")).toBe(403);
  const headers = { ...json, Origin: "https://tandem.example", "Tandem-Faults": "1" };
  const faults = await fetch(`${shell}/faults`, { method: "PATCH", body: "{}", headers });
  expect(faults.status).toBe(200);
});
