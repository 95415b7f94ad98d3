import {
  environmentManager,
  focusManager,
  onlineManager,
  type QueryClient,
  QueryObserver,
  type QueryObserverOptions,
} from "@tanstack/query-core";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import type { Sync, TraceEntry } from "#sync";
import { createTestBrowser, type TestBrowser } from "#sync/testing";
import { createNotesServer } from "./testing/levels.ts";
import { type Note, note, removeRecipes, runRecipe } from "./testing/recipe.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const each of undo.splice(0)) each();
});
afterAll(removeRecipes);

const prelude = `
    import { QueryClient } from "@tanstack/query-core";
    export const queryClient = new QueryClient();`;
const preludeWithSync = `
    import { createSync as createOwnSync } from "tandem-sync";
    ${prelude}
    export const sync = createOwnSync({ name: "my-app", queryClient, effects: {} });`;

function openBrowser(server: Parameters<typeof createTestBrowser>[0]): TestBrowser {
  const browser = createTestBrowser({ ...server, singletons: [focusManager, onlineManager] });
  const isServer = environmentManager.isServer();
  environmentManager.setIsServer(() => false);
  undo.push(browser.close, () => environmentManager.setIsServer(() => isServer));
  return browser;
}

/** A tab that runs the recipe. Loading a module takes time of this process, and none of the browser's. */
async function openTab<Exports>(browser: TestBrowser, ...recipe: Parameters<typeof runRecipe>) {
  const tab = browser.openTab(() => runRecipe<Exports>(...recipe));
  const app = await tab.app;
  return { app, run: <T>(run: (app: Exports) => T) => tab.run(() => run(app)), id: tab.id };
}

test("a reminder is looked for once per browser, and shown once", async () => {
  const shown: string[] = [];
  vi.stubGlobal("Notification", function Notification(title: string) {
    shown.push(title);
  });
  const asked = vi.fn(async (_path: string) => [note("1", false, "Call Ada")]);
  vi.stubGlobal("ask", asked);
  const browser = openBrowser({});
  for (let tab = 0; tab < 3; tab++)
    await openTab(browser, "Once per browser", { prelude: preludeWithSync });
  await browser.pass(1_000);
  await browser.pass(60_000);
  expect(asked.mock.calls).toEqual([["/api/notes?due=now"]]);
  expect(shown).toEqual(["Call Ada"]);
});

interface NotesApp {
  readonly queryClient: QueryClient;
  readonly noteQuery: (id: string) => QueryObserverOptions;
  readonly rename: (id: string, title: string) => Promise<void>;
}

test("your own server: a write is put in place in the other tab, which reads nothing", async () => {
  const server = createNotesServer("a change log");
  const browser = openBrowser({ server: server.answer });
  const [a, b] = [
    await openTab<NotesApp>(browser, "Your own server", { prelude }),
    await openTab<NotesApp>(browser, "Your own server", { prelude }),
  ];
  for (const tab of [a, b])
    tab.run(({ queryClient, noteQuery }) => {
      queryClient.mount();
      new QueryObserver(queryClient, noteQuery("1")).subscribe(() => {});
    });
  const title = ({ app }: typeof a) =>
    app.queryClient.getQueryData<{ row: Note }>(["note", "1"])?.row.title;
  await browser.pass(1_000);
  const before = server.answers.length;
  void a.run(({ rename }) => rename("1", "new"));
  await browser.pass(1_000);
  expect([title(a), title(b), server.answers.length - before]).toEqual(["new", "new", 0]);
});

test("one tab that asks for all: the others are told what is different, by one request at a time", async () => {
  const server = createNotesServer("validators");
  const browser = openBrowser({ server: server.answer });
  const told: string[] = [];
  for (let at = 0; at < 3; at++) {
    const { app, run, id } = await openTab<{ sync: Sync }>(browser, "One tab that asks for all", {
      prelude: preludeWithSync,
    });
    const hear = (entry: TraceEntry) => {
      if (entry.type !== "change") return;
      const { op, resource, id: row } = entry.change;
      told.push(`${id}: ${op} ${resource}/${row}`);
    };
    run(() => app.sync.trace.subscribe(hear));
  }
  await browser.pass(1_000);
  await browser.pass(20_000);
  expect(new Set(browser.network.requests.map(({ tab }) => tab)).size).toBe(1);
  expect(server.answers.map(({ status }) => status)).toEqual([200, 304, 304, 304, 304]);
  expect(told).toEqual([]);
  server.write("2", "outside");
  await browser.pass(6_000);
  expect(told.toSorted()).toEqual([1, 2, 3].map((tab) => `tab-${tab}: update notes/2`));
  browser.network.down = true;
  await browser.pass(11_000);
  browser.network.down = false;
  server.write("1", "after a failure");
  await browser.pass(6_000);
  expect(told.filter((text) => text.includes("notes/1"))).toHaveLength(3);
});
