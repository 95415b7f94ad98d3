import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { chromium, expect as expectPage } from "@playwright/test";
import { build, type Rolldown } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePorts } from "#api/testing/free-ports.ts";
import { findHeadlessShell } from "../../e2e/support/find-browser.ts";
import { startServer } from "../../examples/testing/start.ts";
import { type PackedSync, packSync, quickly, runIn } from "../../scripts/packed-sync.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { followGuide, lookInTwoTabs } from "./testing/follow.ts";

const root = join(import.meta.dirname, "../..");
const patient = expectPage.configure({ timeout: 60_000 });
let packed: PackedSync;
let app: string;
let guide: Awaited<ReturnType<typeof followGuide>>;
const pages = new Map<string, readonly Block[]>();

const run = (command: string, args: readonly string[]) => runIn(app, command, args);
const typeCheck = () => run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "."]);

async function write(file: string, text: string) {
  await mkdir(dirname(join(app, file)), { recursive: true });
  await writeFile(join(app, file), text);
}

function launch() {
  const executablePath = findHeadlessShell();
  return chromium.launch({ args: ["--no-sandbox"], ...(executablePath && { executablePath }) });
}

/** An app of the guide as one module, by what it has installed. */
async function bundleOf(entry: string): Promise<string> {
  const { output } = (await build({
    root: app,
    configFile: false,
    logLevel: "error",
    build: { write: false, lib: { entry, formats: ["es"] } },
    define: { "process.env.NODE_ENV": '"production"' },
  }).then((built) => [built].flat()[0])) as Rolldown.RolldownOutput;
  return output[0].code;
}

beforeAll(async () => {
  for (const name of await readdir(import.meta.dirname))
    if (name.endsWith(".md"))
      pages.set(name, blocksOf(await readFile(join(import.meta.dirname, name), "utf8")));
  pages.set("README.md", blocksOf(await readFile(join(root, "sync/README.md"), "utf8")));

  packed = await packSync();
  app = join(packed.folder, "my-app");
  await mkdir(app);
  const [port = 0] = await freePorts(1);
  guide = await followGuide({
    blocks: pages.get("index.md") ?? [],
    folder: app,
    port,
    commandFor: (line) =>
      line
        .replace(/\btandem-sync\b/, packed.tarball)
        .replace(/^npm install/, `npm install ${quickly.join(" ")}`),
  });
  const { compilerOptions } = JSON.parse(
    await readFile(join(root, "examples/json-server/tsconfig.json"), "utf8"),
  );
  // Blocks that run on a server, and the test of a rule, which is run below.
  for (const name of ["vitest", "@types/node", "@types/express", "pg", "@types/pg"])
    await symlink(join(root, "node_modules", name), join(app, "node_modules", name));
  Object.assign(compilerOptions, { types: ["node"], skipLibCheck: true });
  const tsconfig = { compilerOptions, include: ["src", "blocks"] };
  await write("tsconfig.json", JSON.stringify(tsconfig));
}, 600_000);
afterAll(async () => {
  await guide?.stop();
  await rm(packed.folder, { recursive: true, force: true });
});

describe("the guide", { timeout: 600_000 }, () => {
  test("makes an app of two tabs in step from an empty folder", async () => {
    const browser = await launch();
    const { requests } = await lookInTwoTabs(browser, guide.url);
    expect(requests).toEqual([]);
    await browser.close();
  });

  test("has no block that does not fit the packed package", async () => {
    await write(
      "blocks/context.d.ts",
      await readFile(join(import.meta.dirname, "context.d.ts"), "utf8"),
    );
    const checked = [...pages].flatMap(([page, blocks]) =>
      blocks
        .filter(({ language }) => /^tsx?$/.test(language) && page !== "index.md")
        .map((block, at) => ({ ...block, name: `${page.replace(".md", "")}-${at}` })),
    );
    expect(checked.length).toBeGreaterThan(15);
    for (const { name, language, code } of checked)
      await write(
        `blocks/${name}.${/vitest/.test(code) ? "test." : ""}${language}`,
        `${code}\nexport {};\n`,
      );
    await typeCheck();
    const vitest = join(root, "node_modules/vitest/vitest.mjs");
    const { stdout } = await run(process.execPath, [
      vitest,
      "run",
      "--root",
      app,
      "--reporter=json",
    ]);
    const { numPassedTests, numTotalTests } = JSON.parse(stdout.slice(stdout.indexOf("{")));
    expect([numPassedTests, numTotalTests]).toEqual([1, 1]);
  });

  test("says of a rule that is forgotten which it is", async () => {
    const code = `
      import { createSync } from "tandem-sync";
      createSync<"note" | "notes">({
        name: "my-app",
        queryClient,
        effects: { note: { effect: () => "stale" } },
      });`;
    await write("blocks/forgotten.ts", code);
    await expect(typeCheck()).rejects.toThrow(/Property 'notes' is missing/);
    await rm(join(app, "blocks/forgotten.ts"));
  });

  test("has a server that tells its log", async () => {
    const server = pages.get("recipes.md")?.find(({ file }) => file === "server.mjs");
    await write("server.mjs", server?.code ?? "");
    const { url, stop } = await startServer((port) => ["server.mjs", `${port}`], app);
    const read = async (path: string, init?: RequestInit) => {
      const response = await fetch(url + path, init);
      return { at: response.headers.get("Tandem-Revision"), body: await response.json() };
    };
    const before = await read("/api/notes/1");
    const stream = await fetch(`${url}/api/changes?since=${before.at}`, {
      headers: { Accept: "text/event-stream" },
    });
    await read("/api/notes/1", {
      method: "PATCH",
      headers: { "Tandem-Origin": "tab" },
      body: JSON.stringify({ title: "Buy bread" }),
    });
    const { at, body } = await read(`/api/changes?since=${before.at}`);
    expect(body).toMatchObject({
      head: 1,
      changes: [{ rev: 1, origin: "tab", row: { title: "Buy bread" } }],
    });
    expect(at).toBe(`${body.epoch}.1`);
    expect((await fetch(`${url}/api/changes?since=other.0`)).status).toBe(410);
    let told = "";
    for await (const chunk of stream.body ?? []) {
      told += new TextDecoder().decode(chunk);
      if (told.includes("Buy bread")) break;
    }
    expect([...told.matchAll(/^event: (.*)$/gm)].map(([, name]) => name)).toEqual([
      ...["hello", "changes", "changes"],
    ]);
    await stop();
  });

  test("has a client for a server with validators: 304 where nothing changed, 412 for a stale edit", async () => {
    const blocks = pages.get("recipes.md") ?? [];
    for (const { file, code } of blocks)
      if (file?.startsWith("validators")) await write(file, code);
    await write(
      "validators-client.ts",
      `import { QueryClient } from "@tanstack/query-core";
      globalThis.queryClient = new QueryClient();`,
    );
    await write(
      "validators-tab.ts",
      `import "./validators-client";
      import { QueryObserver } from "@tanstack/query-core";
      import { noteQuery, save } from "./validators";
      const query = noteQuery("1");
      queryClient.mount();
      new QueryObserver(queryClient, query).subscribe(() => {});
      const held = () => queryClient.getQueryData(query.queryKey);
      Object.assign(globalThis, {
        held,
        title: () => held()?.body.title,
        read: () => queryClient.refetchQueries(query),
        save: (title, seen) => save("1", title, seen),
      });`,
    );
    const bundle = await bundleOf(join(app, "validators-tab.ts"));
    const { url, stop } = await startServer((port) => ["validators-server.mjs", `${port}`], app);
    const browser = await launch();
    const context = await browser.newContext();
    const open = async () => {
      const page = await context.newPage();
      const statuses: number[] = [];
      // Any page of that origin.
      await page.goto(`${url}/api/notes/1`);
      page.on("response", (response) => {
        if (response.url().endsWith("/api/notes/1")) statuses.push(response.status());
      });
      await page.addScriptTag({ type: "module", content: bundle });
      const shows = (title: string) =>
        patient.poll(() => page.evaluate("globalThis.title?.()")).toBe(title);
      await shows("Buy milk");
      return { page, statuses, shows };
    };
    const [a, b] = [await open(), await open()];
    const seen = await b.page.evaluate("held()");
    await a.page.evaluate("read()");
    expect(a.statuses).toEqual([200, 304]);
    await a.page.evaluate("save('Buy bread', held())");
    await b.shows("Buy bread");
    const theirs = await b.page.evaluate(`save("Buy cheese", ${JSON.stringify(seen)})`);
    expect(theirs).toMatchObject({ theirs: { title: "Buy bread" } });
    expect(b.statuses).toContain(412);
    await browser.close();
    await stop();
  });

  test("is a site whose links lead somewhere", async () => {
    const site = join(packed.folder, "site");
    const eleventy = join(root, "node_modules/@11ty/eleventy/cmd.cjs");
    const config = "--config=docs/guide/eleventy.config.js";
    await runIn(root, process.execPath, [eleventy, config, `--output=${site}`, "--quiet"]);
    const html = new Map<string, string>();
    for (const name of await readdir(site))
      if (name.endsWith(".html")) html.set(name, await readFile(join(site, name), "utf8"));
    expect([...html.keys()].toSorted()).toEqual(
      [
        "alternatives",
        "conformance",
        "guarantees",
        "index",
        "recipes",
        "reference",
        "transcript",
      ].map((name) => `${name}.html`),
    );
    for (const [name, text] of html)
      for (const [, target = "", anchor] of text.matchAll(
        /href="([\w-]*\.html)?(?:#([\w-]+))?"/g,
      )) {
        const page = html.get(target || name);
        expect(page, `${name}: ${target}`).toBeDefined();
        if (anchor) expect(page, `${name}: ${target}#${anchor}`).toContain(`id="${anchor}"`);
      }
  });
});
