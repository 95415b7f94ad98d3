import { focusManager, onlineManager, QueryClient, QueryObserver } from "@tanstack/query-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSync } from "../create-sync.ts";
import { createMemoryLog } from "../fixtures/memory-log.ts";
import { httpLog, revisionOf } from "../http.ts";
import { createTestBrowser, type TestBrowser } from "./test-browser.ts";

interface Note {
  id: string;
  title: string;
}

/** A server of notes with a change log, from memory. */
function createServer() {
  const log = createMemoryLog();
  const notes = new Map([["1", { id: "1", title: "old" }]]);

  function rename(id: string, title: string, origin?: string | null) {
    const row: Note = { id, title };
    notes.set(id, row);
    log.update({ ...row }, origin);
  }

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname === "/changes") return log.answer(request);
    const id = pathname.replace("/notes/", "");
    if (request.method === "PATCH") {
      const { title } = (await request.json()) as Note;
      rename(id, title, request.headers.get("Tandem-Origin"));
    }
    return Response.json(notes.get(id), { headers: log.stamp() });
  }
  return { answer, rename };
}

async function ask(path: string, init?: RequestInit) {
  const response = await fetch(path, init);
  return { row: (await response.json()) as Note, asOf: revisionOf(response) };
}

/** An app that shows one note. */
function startApp() {
  const queryClient = new QueryClient();
  const sync = createSync({
    name: "notes",
    queryClient,
    server: httpLog("/changes"),
    effects: {
      note: { effect: ({ row }, data: object) => (row ? { patched: { ...data, row } } : "stale") },
    },
  });
  const observer = new QueryObserver(queryClient, {
    queryKey: ["note", "1"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => ask("/notes/1"),
  });
  queryClient.mount();
  observer.subscribe(() => {});
  return {
    sync,
    title: () => observer.getCurrentResult().data?.row.title,
    async rename(title: string) {
      const headers = { "Tandem-Origin": sync.tabId };
      const { row, asOf } = await ask("/notes/1", {
        method: "PATCH",
        headers,
        body: JSON.stringify({ title }),
      });
      const { rev } = asOf ?? { rev: 0 };
      const change = { rev, resource: "notes", id: "1", op: "update" as const, version: rev };
      if (asOf) sync.publish(asOf, [{ ...change, parents: {}, row: { ...row } }]);
    },
  };
}

let browser: TestBrowser;
let server: ReturnType<typeof createServer>;
beforeEach(() => {
  server = createServer();
  browser = createTestBrowser({
    server: server.answer,
    singletons: [focusManager, onlineManager],
  });
});
afterEach(() => browser.close());

const reads = () => browser.network.requests.filter(({ path }) => path === "/notes/1").length;

describe("an app in two tabs of a test browser", () => {
  test("puts what one tab wrote in place in the other, without a read", async () => {
    const [a, b] = [browser.openTab(startApp), browser.openTab(startApp)];
    await browser.pass(1_000);
    const before = reads();
    void a.run((app) => app.rename("new"));
    await browser.pass(1_000);
    expect([a.app.title(), b.app.title(), reads() - before]).toEqual(["new", "new", 1]);
  });

  test("learns of what came from outside by one change stream, and catches up after a loss", async () => {
    const [a, b] = [browser.openTab(startApp), browser.openTab(startApp)];
    await browser.pass(1_000);
    const streams = browser.network.requests.filter(({ path }) => path.startsWith("/changes"));
    expect(streams).toHaveLength(1);
    server.rename("1", "outside");
    await browser.pass(1_000);
    expect([a.app.title(), b.app.title()]).toEqual(["outside", "outside"]);
    browser.network.breakStreams();
    server.rename("1", "while it was broken");
    await browser.pass(5_000);
    expect(b.app.title()).toBe("while it was broken");
    expect(a.app.sync.status).toBe("live");
  });

  test("is not read out of view, and is right again in view, by itself", async () => {
    const [b, a] = [browser.openTab(startApp), browser.openTab(startApp)];
    await browser.pass(1_000);
    b.hide();
    const before = reads();
    void a.run((app) => app.rename("new"));
    await browser.pass(10_000);
    expect([b.app.title(), reads() - before]).toEqual(["old", 1]);
    b.show();
    await browser.pass(1_000);
    expect(b.app.title()).toBe("new");
  });

  test("waits while an answer is held back, and is told when the server is down", async () => {
    const release = browser.network.hold();
    const tab = browser.openTab(startApp);
    await browser.pass(1_000);
    expect([tab.app.title(), reads()]).toEqual([undefined, 1]);
    release();
    await browser.pass(1_000);
    expect(tab.app.title()).toBe("old");
    browser.network.down = true;
    const write = tab.run((app) => app.rename("new"));
    const outcome = expect(write).rejects.toThrow("Failed to fetch");
    await browser.pass(1_000);
    await outcome;
  });

  test("passes on what its server throws", async () => {
    browser.close();
    browser = createTestBrowser({
      server: () => {
        throw new Error("not written yet");
      },
    });
    browser.openTab(() => fetch("/").catch(() => {}));
    await expect(browser.pass(100)).rejects.toThrow("not written yet");
  });
});

describe("a tab of a test browser", () => {
  test("has a clock, storage and channels of the browser, and other code has its own", async () => {
    const before = [globalThis.setTimeout, globalThis.fetch, globalThis.Date];
    const heard: unknown[] = [];
    const a = browser.openTab(() => {
      new BroadcastChannel("news").onmessage = ({ data }) => heard.push(data);
      window.addEventListener("storage", ({ key, newValue }) => heard.push({ key, newValue }));
      return Date.now();
    });
    const b = browser.openTab(() => {});
    b.run(() => {
      new BroadcastChannel("news").postMessage({ n: 1 });
      localStorage.setItem("theme", "dark");
    });
    await browser.pass(10);
    expect(heard).toEqual([{ n: 1 }, { key: "theme", newValue: "dark" }]);
    expect(a.run(() => localStorage.getItem("theme"))).toBe("dark");
    expect(a.run(() => Date.now())).toBe(a.app + 10);
    expect("window" in globalThis && window).toBe(undefined);
    browser.close();
    expect([globalThis.setTimeout, globalThis.fetch, globalThis.Date]).toEqual(before);
  });

  test("runs its timers once a second while it is hidden, not at all while it is frozen, and none after a crash", async () => {
    let ticks = 0;
    const tab = browser.openTab(() => setInterval(() => ticks++, 100));
    const ticksIn = async (ms: number) => {
      ticks = 0;
      await browser.pass(ms);
      return ticks;
    };
    expect(await ticksIn(10_000)).toBe(100);
    tab.hide();
    await browser.pass(1_000);
    expect(await ticksIn(10_000)).toBe(10);
    tab.freeze();
    expect(await ticksIn(10_000)).toBe(0);
    tab.wake();
    tab.show();
    await browser.pass(1_000);
    expect(await ticksIn(10_000)).toBe(100);
    tab.crash();
    expect(await ticksIn(10_000)).toBe(0);
  });

  test("goes on with what it awaits as its own code, and passes on what it throws", async () => {
    const ids: string[] = [];
    for (const name of ["a", "b"])
      browser.openTab(async () => {
        sessionStorage.setItem("name", name);
        await new Promise((resolve) => setTimeout(resolve, 50));
        ids.push(sessionStorage.getItem("name") ?? "");
        setTimeout(() => {
          throw new Error(name);
        }, 50);
      });
    await browser.pass(60);
    expect(ids).toEqual(["a", "b"]);
    await expect(browser.pass(100)).rejects.toThrow("a");
  });

  test("is offline by itself", async () => {
    const outcomes: unknown[] = [];
    const get = () =>
      fetch("/notes/1").then(
        () => outcomes.push("answered"),
        (error) => outcomes.push(error),
      );
    const [a, b] = [browser.openTab(get), browser.openTab(get)];
    a.setOnline(false);
    await browser.pass(100);
    expect(outcomes).toHaveLength(2);
    expect([a, b].map((tab) => tab.run(() => navigator.onLine))).toEqual([false, true]);
  });
});
