import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium, expect as expectPage, type Page } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startPostgres } from "#api/testing/start-postgres.ts";
import { findHeadlessShell } from "../e2e/support/find-browser.ts";
import { type PackedSync, packSync, runIn } from "../scripts/packed-sync.ts";
import { tableOf, tryApi, tryExample, tryJsonServer } from "./testing/four-servers.ts";
import { installExample } from "./testing/install.ts";
import { startServer } from "./testing/start.ts";

const run = promisify(execFile);
const patient = expectPage.configure({ timeout: 60_000 });
let packed: PackedSync;
let browser: Browser;

beforeAll(async () => {
  const executablePath = findHeadlessShell();
  [packed, browser] = await Promise.all([
    packSync(),
    chromium.launch({ args: ["--no-sandbox"], ...(executablePath && { executablePath }) }),
  ]);
});
afterAll(async () => {
  await browser.close();
  await rm(packed.folder, { recursive: true, force: true });
});

/** Builds an example from the tarball, and serves it with json-server's own command. */
async function start(name: string) {
  const app = await installExample(name, packed);
  await runIn(app, "npm", ["run", "build"]);
  const command = (port: number) => [
    "node_modules/json-server/lib/cli/bin.js",
    "db.json",
    "--static",
    "dist",
    "--port",
    `${port}`,
  ];
  return { app, ...(await startServer(command, app)) };
}

/** Two tabs of one browser, with the reads that each has made. */
async function openTwoTabs(url: string) {
  const context = await browser.newContext();
  const open = async () => {
    const page = await context.newPage();
    const requests: string[] = [];
    page.on("request", (request) => requests.push(`${request.method()} ${request.url()}`));
    await page.goto(url);
    return { page, requests };
  };
  const [a, b] = [await open(), await open()];
  return { a, b, close: () => context.close() };
}

const readsOf = (requests: readonly string[], path: string) =>
  requests.filter((request) => request.startsWith("GET") && request.includes(path));

describe.concurrent("an example, installed from the tarball and in two tabs,", {
  timeout: 600_000,
}, () => {
  /** The panel of the devtools, opened in a tab: what it says of the changes that it was told of. */
  async function openInspector(page: Page) {
    await page.getByText("Inspector", { exact: true }).click();
    const changes = page.getByRole("list", { name: /^Trace/ }).getByRole("listitem");
    await patient(page.getByRole("slider", { name: "Events by time" })).toBeVisible();
    return (change: string) => changes.filter({ hasText: change }).first();
  }

  test("json-server: shows each write in the other tab, reads nothing for an edit, and says so in the inspector", async () => {
    const { url, stop } = await start("json-server");
    const { a, b, close } = await openTwoTabs(url);
    const note = (page: Page, title: string) =>
      page.getByRole("checkbox", { name: title, exact: true });
    await b.page.getByRole("button", { name: "Load more" }).click();
    for (const { page, title } of [
      { page: a.page, title: "Note 40" },
      { page: b.page, title: "Note 25" },
    ])
      await patient(note(page, title)).toBeVisible();
    const before = readsOf(b.requests, "/notes").length;
    const changeIn = await openInspector(b.page);

    await note(a.page, "Note 40").click();
    await patient(note(b.page, "Note 40")).toBeChecked();
    await note(b.page, "Note 40").click();
    await patient(note(a.page, "Note 40")).not.toBeChecked();
    expect(readsOf(b.requests, "/notes").slice(before)).toEqual([]);
    const heard = changeIn("notes/40 changed in Tab");
    await patient(heard).toContainText("This tab heard it on the channel");
    await patient(heard).toContainText("patched");

    await a.page.getByRole("textbox", { name: "New note" }).fill("From A");
    await a.page.getByRole("button", { name: "Add" }).click();
    await patient(note(b.page, "From A")).toBeVisible();
    await close();
    await stop();
  });

  test("json-server: is the app of before and the lines that its README shows", async () => {
    const app = join(packed.folder, "before");
    await run("cp", ["-r", join(import.meta.dirname, "json-server"), app]);
    const readme = await readFile(join(app, "README.md"), "utf8");
    const diff = /```diff\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
    const applying = run("git", ["apply", "--reverse", "--unidiff-zero", "-p1"], { cwd: app });
    applying.child.stdin?.end(diff);
    await applying;
    for (const file of ["notes.ts", "query-client.ts", "note-pages.ts", "main.tsx"])
      expect(await readFile(join(app, "src", file), "utf8")).not.toMatch(/\bsync\b/);
    expect(diff.match(/^\+[^+]/gm)?.length).toBeLessThan(20);
  });

  test("vue: shows each write in the other tab; one of the two asks what came from outside, and the other once that is closed", async () => {
    const { url, stop } = await start("vue");
    const { a, b, close } = await openTwoTabs(url);
    const light = (page: Page, room: string) => page.getByRole("button", { name: room });
    const changeIn = await openInspector(b.page);
    await light(a.page, "Kitchen").click();
    await patient(changeIn("lights/1 changed in")).toContainText(
      "This tab heard it on the channel",
    );
    await patient(light(b.page, "Kitchen")).toHaveAttribute("aria-pressed", "true");

    const turnOutside = (on: boolean) =>
      fetch(`${url}/lights/2`, {
        method: "PATCH",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ on }),
      });
    const hasPolled = ({ requests }: typeof a) => readsOf(requests, "poll").length > 0;
    await turnOutside(true);
    for (const { page } of [a, b])
      await patient(light(page, "Hall")).toHaveAttribute("aria-pressed", "true");
    expect([a, b].filter(hasPolled)).toHaveLength(1);

    const [holder, other] = hasPolled(a) ? [a, b] : [b, a];
    await holder.page.close();
    await turnOutside(false);
    await patient(light(other.page, "Hall")).toHaveAttribute("aria-pressed", "false");
    expect(hasPolled(other)).toBe(true);
    await close();
    await stop();
  });

  test("express-postgres: keeps two tabs in step over two servers and a crash, and refuses a stale edit", async ({
    onTestFinished,
  }) => {
    const app = await installExample("express-postgres", packed);
    await runIn(app, "npm", ["run", "build"]);
    const postgres = await startPostgres();
    onTestFinished(postgres.remove);
    const env = { DATABASE_URL: postgres.url };
    const serve = (port?: number) =>
      startServer(() => ["server.js"], app, { env, ...(port !== undefined && { port }) });
    const [first, second] = [await serve(), await serve()];
    onTestFinished(second.stop);
    const { a, b, close } = await openTwoTabs(first.url);
    onTestFinished(close);
    const note = ({ page }: { page: Page }, title: string) =>
      page.getByRole("textbox", { name: title, exact: true });
    const isLive = ({ page }: { page: Page }) =>
      patient(page.getByRole("status", { name: "Sync" })).toHaveText("live");
    const send = (method: string, path: string, body: unknown) =>
      fetch(`${second.url}${path}`, {
        method,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });

    await a.page.getByRole("textbox", { name: "New note" }).fill("from A");
    await a.page.getByRole("button", { name: "Add" }).click();
    await patient(note(b, "from A")).toBeVisible();
    for (const tab of [a, b]) await isLive(tab);
    const before = readsOf(b.requests, "/api/notes").length;
    await note(b, "from A").fill("from B");
    await note(b, "from A").press("Enter");
    await patient(note(a, "from B")).toBeVisible();
    const made = await (
      await send("POST", "/api/notes", { title: "from the other server" })
    ).json();
    for (const tab of [a, b]) await patient(note(tab, "from the other server")).toBeVisible();
    expect(readsOf(b.requests, "/api/notes").slice(before)).toEqual([]);

    await note(a, "from the other server").focus();
    const fields = { title: "theirs", expectedVersion: made.version };
    await send("PATCH", `/api/notes/${made.id}`, fields);
    await patient(note(a, "theirs")).toBeVisible();
    await note(a, "theirs").fill("mine");
    await note(a, "theirs").press("Enter");
    await patient(a.page.getByRole("alert")).toHaveText("It was changed meanwhile.");
    await patient(note(b, "theirs")).toHaveValue("theirs");

    await first.kill();
    await send("POST", "/api/notes", { title: "while it was down" });
    const again = await serve(first.port);
    for (const tab of [a, b]) {
      await patient(note(tab, "while it was down")).toBeVisible();
      await isLive(tab);
    }

    let server = again;
    const reports = {
      "Tandem, data file": await tryApi({}, onTestFinished),
      "Tandem, PostgreSQL": await tryApi({ databaseUrl: postgres.url }, onTestFinished),
      "Express and PostgreSQL": await tryExample(again.url, async () => {
        await server.kill();
        server = await serve(again.port);
      }),
      "plain json-server": await tryJsonServer(onTestFinished),
    };
    await server.stop();
    const docs = await readFile(join(import.meta.dirname, "../docs/conformance.md"), "utf8");
    expect(docs).toContain(tableOf(reports));
    const { passed, checks } = reports["plain json-server"];
    expect(passed).toBe(false);
    expect(checks[0]?.problem).toMatch("has no Tandem-Revision: tabs cannot tell");
  });
});
